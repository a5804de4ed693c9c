/** Where the style of the pages is. */
export const STYLE_PATH = '/assets/style.css';

/**
 * The style of every page: from 320 px without sideways scrolling, light and dark, forced colours,
 * print. Nothing is told by colour alone: buckets and states have words, lines and patterns.
 */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#fff, #14181c);
  --panel: light-dark(#f3f5f7, #1d242b);
  --ink: light-dark(#14202b, #e8edf2);
  --dim: light-dark(#4a5a68, #aebac6);
  --line: light-dark(#b9c3cc, #43505c);
  --strong-line: light-dark(#5d6d7a, #8fa0af);
  --link: light-dark(#0b4f8a, #8cc4ff);
  --act: light-dark(#0b4f8a, #8cc4ff);
  --act-ink: light-dark(#fff, #08131d);
  --alarm: light-dark(#9b1c1c, #ff9b93);
  --alarm-paper: light-dark(#fdf0ef, #34191a);
  --good: light-dark(#1c5c33, #8fd9a8);
  --good-paper: light-dark(#eef7f0, #16291d);
  --hatch: light-dark(#5d6d7a, #8fa0af);
}
* { box-sizing: border-box; }
html { font: 100%/1.45 system-ui, "Liberation Sans", Arial, sans-serif; }
body { margin: 0; color: var(--ink); background: var(--paper); overflow-wrap: break-word; }
main, header.site, footer.site { max-width: 84rem; margin: 0 auto; padding: 0 1rem; }
main { padding-bottom: 2rem; }
a { color: var(--link); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: .25rem; background: var(--paper); padding: .5rem; z-index: 1; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 1.25rem 0 .5rem; text-wrap: balance; }
h2 { font-size: 1.2rem; margin: 1.75rem 0 .5rem; padding-bottom: .2rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1.1rem 0 .3rem; }
p, ul, ol, dl { margin: .3rem 0 .6rem; }
ul, ol { padding-left: 1.3rem; }
.dim, .hint { color: var(--dim); }
.hint { display: block; font-size: .875rem; font-weight: 400; }
.date, .window, .code { white-space: nowrap; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; }

header.site { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1.5rem;
  padding-top: .5rem; padding-bottom: .5rem; border-bottom: 1px solid var(--line); }
header.site p { margin: 0; }
.brand a { font-weight: 700; color: inherit; text-decoration: none; letter-spacing: .01em; }
.brand .clinic { color: var(--dim); }
header.site nav { flex: 1 1 auto; }
header.site nav ul { display: flex; flex-wrap: wrap; gap: .1rem .25rem; list-style: none; margin: 0; padding: 0; }
header.site nav a { display: block; padding: .35rem .6rem; text-decoration: none; color: inherit; border-bottom: 3px solid transparent; }
header.site nav a:hover { text-decoration: underline; }
header.site nav a[aria-current] { border-bottom-color: var(--act); font-weight: 600; }
.account { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: center; font-size: .9rem; color: var(--dim); }
footer.site { margin-top: 2rem; padding-top: .5rem; padding-bottom: 1.5rem; border-top: 1px solid var(--line); color: var(--dim); font-size: .875rem; }

.notice > p, .alarm > p, .problems > p { margin: .2rem 0; }
.notice, .alarm, .problems { border: 1px solid var(--line); border-left: 6px solid var(--good); background: var(--good-paper);
  padding: .4rem .9rem; margin: .75rem 0; }
.alarm, .problems { border-left-color: var(--alarm); background: var(--alarm-paper); }
.problems h2, .alarm h2 { margin: 0 0 .3rem; border: 0; font-size: 1.05rem; }
.wrong { color: var(--alarm); font-weight: 600; margin: .2rem 0 0; }
[aria-invalid="true"] { border-color: var(--alarm) !important; border-width: 2px !important; }

button, .button { display: inline-block; font: inherit; font-weight: 600; padding: .5rem 1rem; min-height: 2.75rem; cursor: pointer;
  color: var(--act-ink); background: var(--act); border: 2px solid var(--act); border-radius: 4px; text-decoration: none; }
button.quiet, .button.quiet { color: var(--link); background: transparent; border-color: transparent; padding: .25rem .5rem; min-height: 2rem; font-weight: 400; text-decoration: underline; }
button.second, .button.second { color: var(--link); background: transparent; }
button.grave { background: transparent; color: var(--alarm); border-color: var(--alarm); }
form.narrow { max-width: 26rem; }
form.inline { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: end; }
form.inline .field { margin: 0; }
.columns { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); gap: .2rem 1.5rem; align-items: start; }
.field { margin: .7rem 0; }
.field label, legend { display: block; font-weight: 600; }
.field .needed { font-weight: 400; color: var(--dim); }
.field.tick label { display: inline; font-weight: 400; }
input, select, textarea { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--strong-line); border-radius: 3px;
  padding: .45rem .55rem; max-width: 100%; min-height: 2.75rem; }
.field > input, .field > select, .field > textarea { width: 100%; }
input[type=checkbox], input[type=radio] { min-height: 0; width: 1.25rem; height: 1.25rem; vertical-align: -.2rem; }
fieldset { border: 1px solid var(--line); border-radius: 4px; padding: .4rem 1rem .8rem; margin: 1rem 0; min-width: 0; }
fieldset.ticks { border: 0; padding: 0; margin: .5rem 0; display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
fieldset.ticks label { display: inline-block; padding: .2rem 0; }
.actions { display: flex; flex-wrap: wrap; gap: .5rem .75rem; align-items: center; margin: 1rem 0; }

table { border-collapse: collapse; width: 100%; margin: .5rem 0; }
caption { text-align: left; color: var(--dim); padding: .25rem 0; }
th, td { padding: .45rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
thead th { border-bottom: 2px solid var(--strong-line); font-size: .875rem; }
tbody th { font-weight: 600; }
td.free { overflow-wrap: anywhere; }
dl.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .15rem 1.25rem; }
dl.facts dt { font-weight: 600; }
dl.facts dd { margin: 0; overflow-wrap: anywhere; }

.buckets { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .3rem; }
.buckets a { display: flex; gap: .5rem; align-items: baseline; padding: .15rem .55rem; min-height: 2rem; border: 1px solid var(--line); border-radius: 4px;
  text-decoration: none; color: inherit; background: var(--panel); }
.buckets a[aria-current] { border: 2px solid var(--act); font-weight: 600; }
.buckets b { font-variant-numeric: tabular-nums; font-size: 1.15rem; }
.buckets .urgent a { border-left: 6px solid var(--alarm); }
tr.late > :first-child { border-left: 6px solid var(--alarm); }
.late-words { font-weight: 700; }
tr.opened > * { background: var(--panel); }
.panel { background: var(--panel); border: 1px solid var(--line); border-radius: 4px; padding: .5rem 1rem 1rem; margin: .75rem 0; }
.escalation { border: 2px solid var(--alarm); border-left-width: 8px; border-radius: 4px; padding: .25rem .9rem .5rem; margin: .6rem 0; }
.answered { border-color: var(--line); }
.state { font-weight: 700; }
.because { margin: .25rem 0 .4rem; padding-left: .75rem; border-left: 3px solid var(--line); font-size: .9375rem; }
.because p { margin: .1rem 0; }
details > summary { cursor: pointer; padding: .3rem 0; min-height: 2rem; }
ins { text-decoration: none; border-bottom: 2px solid var(--good); }
del { color: var(--dim); }
.verdict { font-weight: 700; }
.token { font-family: ui-monospace, "Liberation Mono", monospace; overflow-wrap: anywhere; user-select: all; padding: .5rem; border: 1px dashed var(--strong-line); display: block; }
.qr { max-width: 14rem; background: #fff; padding: .5rem; }
.qr svg { display: block; width: 100%; height: auto; }
.letter { max-width: 42rem; }

/* episode: one em is a line of words beside the axis; on a small screen the axis lies below the words */
figure.axis { margin: .75rem 0; }
.axis > svg { display: block; font-size: 15px; margin-left: 300px; width: calc(100% - 300px); color: var(--ink); overflow: visible; }
.axis svg svg { overflow: visible; }
.axis text { fill: currentColor; font: 12px system-ui, "Liberation Sans", Arial, sans-serif; paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; }
.axis .key { font-weight: 700; }
.axis line, .axis path, .axis rect, .axis circle { stroke: currentColor; stroke-width: 1.5px; fill: none; }
.axis .rule, .axis line.year { stroke: var(--line); stroke-width: 1px; }
.axis .bold { stroke-width: 3px; }
.axis .full { fill: currentColor; }
.axis .empty { fill: var(--paper); }
.axis .halo { stroke: var(--paper); }
.axis .open { fill: currentColor; fill-opacity: .22; stroke-width: 2.5px; }
.axis .hatched { fill: url(#timeline-hatch); }
.axis .hatch { stroke-width: 1.2px; }
.axis .late { color: var(--alarm); }
.axis .today { stroke-dasharray: 7 4; stroke-width: 2px; }
.axis .horizon { stroke-dasharray: 2 4; stroke-width: 2px; }
.axis .label { transform: translateX(-300px); }
.axis .lines-1 .marks { transform: translateY(13px); }
.axis .lines-2 .marks { transform: translateY(20px); }
.axis .lines-3 .marks { transform: translateY(28px); }
.axis .lines-4 .marks { transform: translateY(35px); }
.axis .lines-5 .marks { transform: translateY(43px); }
.axis .lines-6 .marks { transform: translateY(50px); }
.legend { list-style: none; margin: .75rem 0 0; padding: 0; display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; font-size: .875rem; }
.legend li { display: flex; align-items: center; gap: .4rem; }
.legend svg { flex: none; overflow: visible; }
th .dim { font-weight: 400; }
.panel > h2 { margin-top: .6rem; }
.lined > * { border-bottom: 0; }
.more > td { padding-top: 0; }
tbody .verdict { white-space: nowrap; }
.why > summary { min-height: 1.6rem; }
@media screen and (max-width: 48rem) {
  .stacks tr.lined { border-bottom: 0; border-radius: 4px 4px 0 0; margin-bottom: 0; }
  .stacks tr.more { border-top: 0; border-radius: 0 0 4px 4px; }
}
@media print {
  .why::details-content, .ground::details-content, .whole::details-content { content-visibility: visible; block-size: auto; }
  .why > summary, .ground > summary, .grounds { display: none; }
  details:not([open], .why, .ground, .whole, .fold, td *) { display: none; }
  tr.lined:has(+ .more:not(.no-print)) { break-after: avoid; }
  .axis > svg, .legend { break-inside: avoid; }
}
@media (max-width: 40rem) {
  .axis > svg { font-size: 24px; margin-left: 0; width: 100%; }
  .axis .label { transform: none; }
  .axis .lines-1 .marks { transform: translateY(30px); }
  .axis .lines-2 .marks { transform: translateY(48px); }
  .axis .lines-3 .marks { transform: translateY(66px); }
  .axis .lines-4 .marks { transform: translateY(86px); }
  .axis .lines-5 .marks { transform: translateY(106px); }
  .axis .lines-6 .marks { transform: translateY(126px); }
}
@media (forced-colors: active) {
  .axis > svg, .axis .late, .legend svg { forced-color-adjust: auto; color: CanvasText; }
  .axis text { fill: CanvasText; stroke: Canvas; }
  .axis .rule, .axis line.year { stroke: CanvasText; stroke-opacity: .35; }
  .axis .empty { fill: Canvas; }
  .axis .halo { stroke: Canvas; }
}
/* end of episode */

@media screen and (max-width: 48rem) {
  .stacks, .stacks caption, .stacks tbody, .stacks tr, .stacks td, .stacks tbody th { display: block; }
  .stacks thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .stacks tr { border: 1px solid var(--line); border-radius: 4px; margin-bottom: .6rem; }
  .stacks td, .stacks tbody th { border: 0; padding: .25rem .6rem; }
  .stacks td.none { display: none; }
  .stacks td[data-label]::before { content: attr(data-label) ": "; font-weight: 600; }
  .stacks tr.late > :first-child { border-left: 0; }
  .stacks tr.late { border-left: 6px solid var(--alarm); }
  dl.facts { display: block; }
  dl.facts dt, dl.facts dd { display: inline; }
  dl.facts dt::after { content: ": "; }
  dl.facts dd::after { content: "\\A"; white-space: pre; }
}
@media screen and (max-width: 48rem) {
  header.site { gap: 0 1rem; padding-top: .3rem; padding-bottom: .2rem; }
  header.site nav { flex-basis: 100%; }
  header.site nav ul { margin: 0 -.4rem; gap: 0; }
  header.site nav a { padding: .2rem .4rem; }
  .account { gap: 0 .75rem; }
  .alarm, .notice, .problems { font-size: .9375rem; line-height: 1.35; margin: .5rem 0; padding: .25rem .6rem; }
}
@media screen and (min-width: 64rem) {
  h1 + dl.facts { grid-template-columns: max-content minmax(0, 1fr) max-content minmax(0, 1fr); }
}
@media (forced-colors: active) {
  button, .button, .buckets a, .notice, .alarm, .problems, .escalation { border: 2px solid ButtonText; }
  header.site nav a { border-bottom-color: Canvas; }
  header.site nav a[aria-current] { border-bottom-color: Highlight; }
  .buckets a[aria-current] { border: 4px solid Highlight; }
}
@media print {
  @page { margin: 14mm; }
  :root { color-scheme: light; }
  html { font-size: 9.5pt; }
  header.site nav, .account, .skip, .no-print, form.filters, .actions { display: none !important; }
  main, header.site, footer.site { max-width: none; padding: 0; }
  a { color: inherit; text-decoration: none; }
  tr, .escalation, .panel { break-inside: avoid; }
  h2, h3, caption, thead, thead > tr { break-after: avoid; }
  tbody > tr:first-child { break-before: avoid; }
  .letter { font-size: 11pt; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
/* worklist */
.acts { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .1rem .75rem; }
.acts a { display: inline-block; white-space: nowrap; padding: .2rem 0; min-height: 1.6rem; }
.acts a[aria-current] { font-weight: 700; }
.worklist th, .worklist td { font-size: .9rem; line-height: 1.35; padding-top: .35rem; padding-bottom: .35rem; }
.worklist .dim { font-size: .8125rem; }
.worklist .acts a { padding: .05rem 0; min-height: 1.5rem; }
.worklist tbody th { overflow-wrap: normal; }
.worklist summary { min-height: 0; padding: .1rem 0; }
.views ul { list-style: none; padding: 0; }
.headline { display: flex; flex-wrap: wrap; gap: 0 1rem; align-items: baseline; }
.headline h1 { margin: .5rem 0 .25rem; }
.search-line { display: flex; flex-wrap: wrap; gap: 0 1rem; align-items: center; }
.search-line .field { margin: .2rem 0; }
.search-line .field { flex: 0 1 24rem; display: flex; flex-wrap: wrap; gap: 0 .6rem; align-items: center; }
.search-line .field > input { flex: 1 1 11rem; width: auto; min-height: 2.25rem; padding: .25rem .55rem; }
.tools .again { margin: 0; }
.search-line button { min-height: 2.25rem; padding: .2rem .9rem; }
.tools, .tools > form { display: flex; flex-wrap: wrap; gap: 0 2rem; align-items: center; }
.tools > form:has(details[open]), .tools details[open] { flex-basis: 100%; }
.tools + section h2 { margin-top: .75rem; }
@supports selector(::details-content) {
  @media print, (min-width: 48.01rem) {
    .fold::details-content { content-visibility: visible; block-size: auto; }
    .fold > summary { display: none; }
  }
}
@media screen and (max-width: 48rem) {
  .headline h1 { margin-top: .25rem; }
  .headline p, .fold > .buckets { margin: 0 0 .3rem; }
  .search-line { flex-wrap: nowrap; gap: .5rem; align-items: end; }
  .search-line .field { flex: 1 1 auto; min-width: 0; }
  .search-line .field > input { flex: 1 1 8rem; width: 0; min-width: 0; }
  .tools, .tools > form { gap: 0 1.25rem; }
  .tools .search-line { flex: 1 1 100%; min-width: 0; }
  .tools > form { display: contents; }
  .tools + section h2 { margin-top: .25rem; }
  .worklist caption { padding-top: 0; font-size: .875rem; line-height: 1.3; }
  .stacks.worklist tbody th { display: flex; flex-wrap: wrap; gap: 0 .75rem; align-items: baseline; }
  .stacks.worklist th br { display: none; }
  .stacks.worklist .acts { display: inline-flex; vertical-align: baseline; }
}
@media print, (min-width: 48.01rem) {
  .worklist { table-layout: fixed; }
  .worklist th:nth-child(1) { width: 8.5%; }
  .worklist th:nth-child(2) { width: 18%; }
  .worklist th:nth-child(3) { width: 15.5%; }
  .worklist th:nth-child(5) { width: 13%; }
  .worklist th:nth-child(6) { width: 14.5%; }
}
@media print {
  .worklist th:nth-child(1) { width: 13%; }
  .worklist th:nth-child(2), .worklist th:nth-child(3) { width: 19%; }
  .worklist th:nth-child(5) { width: 17%; }
  .worklist tbody th { white-space: nowrap; }
}
/* letters */
.letter .sender { font-weight: 700; }
.letter .recipient, .letter .contact { margin: 1.5rem 0; }
.letter .by-hand { display: block; max-width: 22rem; height: 2rem; border-bottom: 1px solid var(--strong-line); }
.letter .day { text-align: right; margin: 1.5rem 0; }
.letter h1, .letter h2 { font-size: 1.25rem; border: 0; }
.letter p { margin: .75rem 0; }
.letter-page { padding: 1rem; max-width: 46rem; margin: 0 auto; }
.letter-frame { border: 1px solid var(--line); border-radius: 4px; padding: 1rem 1.5rem; max-width: 46rem; }
@media print { .letter-frame { border: 0; padding: 0; } }
`;
