import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ClinicCall } from '../../src/http/call.ts';
import { episodeBody } from '../../src/http/episode/episode-page.ts';
import { Fields } from '../../src/http/fields.ts';
import { type EpisodeReview, reviewEpisode } from '../../src/service/episode/review-episode.ts';
import { ok } from '../cli/clinic-store.ts';
import { infected, nastyText, skeletonOfPage } from '../export/nasty-texts.ts';
import { httpClinic } from './http-clinic.ts';

/** Fields that carry text of the outside world. */
const FREE_TEXT: ReadonlySet<string> = new Set([
  'id',
  'patientRef',
  'location',
  'reason',
  'note',
  'technique',
  'message',
  'mend',
  'event',
  'of',
  'recordedBy',
  'takenBackBy',
  'answeredBy',
  'causedBy',
  'endedBy',
  'title',
  'version',
  'arithmetic',
  'reasons',
  'citation',
  'certainty',
  'source',
  'doi',
  'url',
]);

/** A page without its timeline, and the timeline. */
function apart(page: string): readonly [string, string] {
  const from = page.indexOf('<figure class="axis">');
  const to = page.indexOf('</figure>', from);
  return [page.slice(0, from) + page.slice(to), page.slice(from, to)];
}

test('no text of an episode becomes a tag, an attribute or a control character of its page', async () => {
  const { access, clinic } = await httpClinic();
  // An escalation, an appointment that was taken back, a repeat ablation.
  const samples: EpisodeReview[] = [];
  for (const episode of ['EP-2028', 'EP-2034', 'EP-2032']) {
    samples.push(ok(await reviewEpisode(access, { clinic, episode })));
  }
  const caller = { roles: new Map([[clinic.id, new Set(['clinician'])]]) };
  const call = { clinic, caller } as unknown as ClinicCall;
  const pageOf = (review: EpisodeReview) =>
    episodeBody({ call, review }, new Fields(), { asOf: undefined, problems: [] }).text;
  // The store keeps UTF-8: half a surrogate pair never comes out of it.
  const stored = nastyText.map((text) => text.toWellFormed());
  fc.assert(
    fc.property(
      fc.constantFrom(...samples),
      fc.array(stored, { minLength: 1, maxLength: 8 }),
      (clean, texts) => {
        const page = pageOf(infected(clean, FREE_TEXT, texts));
        const [plain, drawing] = apart(page);
        const [cleanPlain, cleanDrawing] = apart(pageOf(clean));
        expect(skeletonOfPage(plain)).toEqual(skeletonOfPage(cleanPlain));
        // A long text may take a line of its own in the drawing, of the tags that every line has.
        const known = new Set(skeletonOfPage(cleanDrawing));
        expect(skeletonOfPage(drawing).filter((tag) => !known.has(tag))).toEqual([]);
        expect(page.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
      },
    ),
    { numRuns: 40 },
  );
});
