/** The page's only style: black on white, legible at 320 px and on paper. No external resource. */
export const PAGE_STYLE = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 70rem; color: #000; background: #fff;
  font: 1rem/1.45 system-ui, "Liberation Sans", Arial, sans-serif; overflow-wrap: break-word; }
h1 { font-size: 1.5rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.2rem; margin: 1.75rem 0 .5rem; border-bottom: 2px solid #000; }
h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
p, ul, ol, dl { margin: .25rem 0 .5rem; }
ul, ol { padding-left: 1.4rem; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; }
.facts dt { font-weight: 600; }
.facts dd { margin: 0; }
.escalation { border: 3px solid #000; border-left-width: 10px; padding: .25rem .75rem .5rem; margin: .5rem 0; }
.answered { border-width: 1px; border-left-width: 4px; }
.state { font-weight: 700; }
.because { margin: .25rem 0 .25rem .75rem; padding-left: .75rem; border-left: 2px solid #767676; font-size: .9375rem; }
.because p { margin: .1rem 0; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
th, td { border: 1px solid #767676; padding: .25rem .5rem; text-align: left; vertical-align: top; }
th { background: #eee; }
td.free { overflow-wrap: anywhere; }
tbody th, td.date { white-space: nowrap; font-variant-numeric: tabular-nums; }
.timeline { margin: .5rem 0 1rem; }
.timeline figcaption { margin-bottom: .5rem; }
.row { display: grid; grid-template-columns: 27rem 1fr; gap: .75rem; align-items: center; }
.dates { font-variant-numeric: tabular-nums; font-size: .875rem; }
.row svg { width: 100%; height: 1.25rem; display: block; }
.years { position: relative; height: 1.25rem; font-size: .8125rem; }
.window, .years span { white-space: nowrap; }
.years span { position: absolute; border-left: 1px solid #767676; padding-left: 2px; line-height: 1; }
.base { stroke: #767676; stroke-width: 1; vector-effect: non-scaling-stroke; }
.today { stroke: #000; stroke-width: 1; stroke-dasharray: 3 3; vector-effect: non-scaling-stroke; }
.target { stroke: #000; stroke-width: 3; vector-effect: non-scaling-stroke; }
rect.solid { fill: #8a8a8a; stroke: #000; vector-effect: non-scaling-stroke; }
rect.hatched { fill: url(#hatch); stroke: #000; vector-effect: non-scaling-stroke; }
rect.hollow { fill: #fff; stroke: #000; vector-effect: non-scaling-stroke; }
footer { margin-top: 2rem; border-top: 2px solid #000; padding-top: .5rem; }
@media (max-width: 45rem) {
  .row { grid-template-columns: 1fr; gap: 0; margin-bottom: .4rem; }
  .axis { margin-bottom: 0; }
  .facts { grid-template-columns: 6.5rem 1fr; gap: .1rem .5rem; }
  .target { stroke-width: 2; }
  table, caption, tbody, tr, td, tbody th { display: block; }
  thead { display: block; position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { border: 1px solid #767676; margin-bottom: .5rem; }
  td, tbody th { border: 0; white-space: normal; }
  td::before { content: attr(data-label) ": "; font-weight: 600; }
}
@media print {
  @page { margin: 15mm; }
  html { font-size: 9.5pt; }
  body { padding: 0; max-width: none; }
  h2, h3, caption, dt { break-after: avoid; }
  .timeline, .row, tr, .escalation, .line { break-inside: avoid; }
  .row { grid-template-columns: 26rem 1fr; }
  th, rect { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
