import type { DateText } from '../../domain/civil-date.ts';
import { baselineKey } from '../../domain/keys.ts';
import type { Problem } from '../../domain/problem.ts';
import { showFound } from '../../domain/problem.ts';
import { readAppointment } from '../../export/appointment.ts';
import type { Letter, LetterVisit } from '../../export/letter.ts';
import { LETTER_KINDS, LETTER_LANGUAGES, type LetterKind } from '../../export/letter-words.ts';
import type { PlannedVisit } from '../../plan/plan.ts';
import type { Clinic } from '../../store/clinic.ts';
import { calendarIdentity } from '../calendar/calendar-identity.ts';
import { findEpisode } from '../episode/find-episode.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import { fail, type ServiceOutcome, succeed } from '../service-outcome.ts';
import { type LetterSubject, letterSubject } from './letter-subject.ts';

/** What somebody wants to write, as it was chosen. */
export interface WantedLetter {
  readonly clinic: Clinic;
  readonly episode: string;
  readonly kind: string;
  readonly language: string;
  /** Key of the visit; a closing letter is about none. */
  readonly item?: string | undefined;
}

export interface PreparedLetter {
  readonly letter: Letter;
  /** Key of the visit; null: of none. */
  readonly item: string | null;
  readonly subject: LetterSubject;
}

/** A letter that fits how things stand today, or why none of this kind can be written. Nothing is recorded. */
export async function prepareLetter(
  context: SchedulerContext,
  wanted: WantedLetter,
): Promise<ServiceOutcome<PreparedLetter>> {
  const { clinic, episode } = wanted;
  const found = await letterSubject(context, wanted);
  if (!found.ok) return found;
  const subject = found.value;
  const kind = LETTER_KINDS.find((each) => each === wanted.kind);
  const language = LETTER_LANGUAGES.find((each) => each === wanted.language);
  const problems = [
    ...(kind === undefined ? [{ path: 'kind', message: 'a letter must be chosen' }] : []),
    ...(language === undefined ? [{ path: 'language', message: 'a language must be chosen' }] : []),
    ...misfits(kind, wanted.item, subject),
  ];
  if (kind === undefined || language === undefined || problems.length > 0) {
    return fail('invalid', ...problems);
  }
  const visit =
    kind === 'closing' ? undefined : subject.visits.find(({ key }) => key === wanted.item);
  const item = visit?.key ?? null;
  const code = await codeOf(context, { clinic, episode, key: item ?? KEY_OF_NO_VISIT });
  if (!code.ok) return code;
  return succeed({
    letter: {
      kind,
      language,
      date: subject.today,
      clinic: clinic.name,
      zone: clinic.zone,
      code: code.value,
      visit:
        visit === undefined
          ? null
          : letterVisit(visit, { date: subject.today, at: context.clock(), zone: clinic.zone }),
    },
    item,
    subject,
  });
}

/** When a letter is written: its day on the clinic's clock, and the moment. */
interface LetterTime {
  readonly date: DateText;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly at: number;
  /** IANA zone of the clinic. */
  readonly zone: string;
}

/** What a letter tells of a visit: a deferral gives more time, and an appointment that is over is none. */
export function letterVisit(
  { earliest, latest, deferral, booking }: PlannedVisit,
  time: LetterTime,
): LetterVisit {
  const to = deferral !== null && deferral.until > latest ? deferral.until : latest;
  const appointment = booking?.appointment ?? null;
  const isAhead = appointment !== null && !isOver(appointment, time);
  return { from: earliest, to, appointment: isAhead ? appointment : null };
}

/** Of an appointment without an hour nobody can say that it is over before its day is. */
function isOver(text: string, { date, at, zone }: LetterTime): boolean {
  const appointment = readAppointment(text, zone);
  return appointment?.kind === 'timed'
    ? appointment.time.start.toMillis() < at
    : text.slice(0, 10) < date;
}

/** The code by which the episode is found; of a letter about no visit that of the first one. */
export async function codeOf(
  context: SchedulerContext,
  {
    clinic,
    episode,
    key,
  }: { readonly clinic: Clinic; readonly episode: string; readonly key: string },
): Promise<ServiceOutcome<string>> {
  const stored = await findEpisode(context, clinic, episode);
  if (!stored.ok) return stored;
  const { code } = await calendarIdentity(context);
  return succeed(code(stored.value.id, key));
}

/** The key whose code a letter about no visit carries: every episode has it, whatever its plan is now. */
export const KEY_OF_NO_VISIT = baselineKey(1);

/** Which statuses of a visit each letter fits. */
const FITS: Readonly<Record<Exclude<LetterKind, 'closing'>, readonly PlannedVisit['status'][]>> = {
  invitation: ['not-yet-due', 'due'],
  reminder: ['not-yet-due', 'due'],
  overdue: ['overdue'],
};

function misfits(
  kind: LetterKind | undefined,
  item: string | undefined,
  subject: LetterSubject,
): Problem[] {
  const { ended, visits } = subject;
  if (ended === 'death')
    return [{ path: 'kind', message: 'the patient has died: no letter is written' }];
  if (kind === 'closing') {
    return ended !== null
      ? []
      : [
          {
            path: 'kind',
            message: 'the surveillance goes on, and this letter says that it has ended',
            mend: 'record its end first',
          },
        ];
  }
  if (ended !== null) {
    return kind === undefined
      ? []
      : [
          {
            path: 'kind',
            message: 'the surveillance has ended: there is no visit to write about',
            mend: 'write the letter “closing”',
          },
        ];
  }
  const visit = visits.find(({ key }) => key === item);
  if (visit === undefined) {
    return [
      {
        path: 'item',
        ...(item === undefined
          ? { message: 'a visit must be chosen' }
          : { message: 'there is no such visit to write about', found: showFound(item) }),
        allowed: visits.map(({ key }) => key).join(', ') || 'none: no visit is open',
      },
    ];
  }
  if (kind === undefined || FITS[kind].includes(visit.status)) return [];
  const mend =
    visit.status === 'overdue' ? 'write the letter “overdue”' : 'write an invitation or a reminder';
  const message = `this letter does not fit a visit that is ${visit.status.replaceAll('-', ' ')}`;
  return [{ path: 'kind', message, mend }];
}
