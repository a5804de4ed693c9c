import { visitInWords } from '../../domain/visit-words.ts';
import { EMPTY, html, type Markup } from '../../export/markup.ts';
import { spaced, visitStatusInWords } from '../../export/plan-words.ts';
import type { FoundEpisodes, ListedEpisode } from '../../service/episode/search-episodes.ts';
import type { Clinic } from '../../service/store-access.ts';
import type { Fields } from '../fields.ts';
import { textField } from '../page/form-fields.ts';
import { clinicPath, episodePath, withQuery } from '../paths.ts';

/** Which part of the list is shown. */
export interface ListPlace {
  readonly clinic: Clinic;
  /** The search as it was typed. */
  readonly query: Fields;
  /** From 1. */
  readonly page: number;
  readonly pageSize: number;
}

/** The list of episodes with its search. */
export function listBody({ episodes, total }: FoundEpisodes, place: ListPlace): Markup {
  const { clinic, query } = place;
  const state = { fields: query, problems: new Map() };
  return html`<h1>Episodes</h1>
<form class="inline no-print" method="get" action="${clinicPath(clinic, 'episodes')}" role="search" novalidate>
${textField({ name: 'q', label: 'Episode, patient reference or calendar code', type: 'search' }, state)}<button>Find</button>
</form>
<p role="status">${countInWords(total, query.text('q'))}</p>
${
  episodes.length === 0
    ? EMPTY
    : html`<table class="stacks">
<caption>In the order of registration</caption>
<thead><tr><th scope="col">Episode</th><th scope="col">Patient</th><th scope="col">Ablated on</th><th scope="col">Phase</th><th scope="col">Tier</th><th scope="col">Open escalations</th><th scope="col">Next visit</th></tr></thead>
<tbody>
${episodes.map((episode) => row(episode, clinic))}</tbody>
</table>
${pager(total, place)}`
}`;
}

function row({ row: found, next, failure }: ListedEpisode, clinic: Clinic): Markup {
  const { id, patientRef, laterality, ablatedOn, phase, tier, openEscalations } = found;
  const open = openEscalations ?? 0;
  return html`<tr><th scope="row" class="free"><a href="${episodePath(clinic, id)}">${id}</a><br><span class="dim">${laterality ?? 'side not recorded'}</span></th><td class="free" data-label="Patient">${patientRef ?? '–'}</td><td class="date" data-label="Ablated on">${ablatedOn}</td><td data-label="Phase">${phase === null ? html`<strong>cannot be planned:</strong> ${failure?.problems[0]?.message ?? ''}` : spaced(phase)}</td><td data-label="Tier">${tier ?? '–'}</td><td data-label="Open escalations">${open === 0 ? 'none' : html`<strong>${open}</strong>`}</td><td data-label="Next visit">${nextVisit(next)}</td></tr>
`;
}

function nextVisit(next: ListedEpisode['next']): Markup {
  if (next === null) return html`none`;
  const { key, earliest, target, latest, status } = next.visit;
  const state = visitStatusInWords(next.visit, next.asOf);
  return html`${visitInWords(key)}: <span class="date">${target}</span><br>${status === 'overdue' ? html`<strong>${state}</strong>` : state}<br><span class="dim"><span class="date">${earliest}</span> to <span class="date">${latest}</span></span>`;
}

function countInWords(total: number, text: string): string {
  const count = total === 1 ? '1 episode' : `${total} episodes`;
  return text === '' ? `${count}.` : `${count} found.`;
}

function pager(total: number, { clinic, query, page, pageSize }: ListPlace): Markup {
  const last = Math.ceil(total / pageSize);
  if (last <= 1) return EMPTY;
  const to = (number: number) =>
    withQuery(clinicPath(clinic, 'episodes'), query.with({ page: String(number) }));
  return html`<nav aria-label="Pages of the list" class="actions">
${page > 1 ? html`<a href="${to(page - 1)}" rel="prev">Page ${page - 1}, earlier</a> ` : EMPTY}<span>Page ${page} of ${last}</span>${page < last ? html` <a href="${to(page + 1)}" rel="next">Page ${page + 1}, later</a>` : EMPTY}
</nav>
`;
}
