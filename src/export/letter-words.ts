import { FRENCH, GERMAN, SPANISH } from './letter-words-translated.ts';

/** What a letter is for. */
export const LETTER_KINDS = ['invitation', 'reminder', 'overdue', 'closing'] as const;
export type LetterKind = (typeof LETTER_KINDS)[number];

/** ISO 639-1 codes of the languages in which letters are written. */
export const LETTER_LANGUAGES = ['en', 'de', 'es', 'fr'] as const;
export type LetterLanguage = (typeof LETTER_LANGUAGES)[number];

/** One kind of letter. Paragraphs hold `{when}`, `{to}`, `{booking}` and `{code}` where these stand. */
export interface LetterText {
  readonly subject: string;
  readonly paragraphs: readonly string[];
}

/**
 * Every text of the letters in one language. Somebody else in the household may read them: they speak
 * of follow-up imaging of the breast, of dates and of how to reach the clinic, and of nothing else.
 */
export interface LetterWords {
  /** The language's own name. */
  readonly name: string;
  /** In front of the line on which the patient's name and address are written by hand. */
  readonly recipient: string;
  readonly greeting: string;
  /** A window that opens later: `{from}` and `{to}`, both included. */
  readonly between: string;
  /** A window that is open: `{to}`, included. */
  readonly by: string;
  /** An appointment: `{appointment}`. */
  readonly booked: string;
  readonly notBooked: string;
  /** A day and a time: `{day}`, `{time}`. */
  readonly dayAndTime: string;
  /** How to name oneself without saying more: `{code}`. */
  readonly code: string;
  readonly farewell: string;
  /** In front of the line for telephone and signature. */
  readonly contact: string;
  readonly texts: Readonly<Record<LetterKind, LetterText>>;
}

const ENGLISH: LetterWords = {
  name: 'English',
  recipient: 'To:',
  greeting: 'Hello,',
  between: 'between {from} and {to}',
  by: 'by {to}',
  booked:
    'An appointment is booked for you: {appointment}. If you cannot come, please tell us, and we will find another day.',
  notBooked: 'Please contact us, so that we can make an appointment with you.',
  dayAndTime: '{day}, {time}',
  code: 'When you contact us, please give this code: {code}. You need not say what it is about.',
  farewell: 'With kind regards',
  contact: 'Telephone, signature:',
  texts: {
    invitation: {
      subject: 'Your next follow-up appointment',
      paragraphs: [
        'Your next follow-up imaging of the breast should take place {when}.',
        '{booking}',
        'Please tell us beforehand about anything that may matter for the examination: a pregnancy, an implant or pacemaker, an allergy, a disease of the kidneys. If the imaging was done elsewhere, please tell us where.',
        '{code}',
      ],
    },
    reminder: {
      subject: 'A reminder of your follow-up appointment',
      paragraphs: [
        'We wrote to you about your next follow-up imaging of the breast. As far as we know it has not been done yet. It should take place {when}.',
        '{booking}',
        'If the imaging was done elsewhere, please tell us where.',
        '{code}',
      ],
    },
    overdue: {
      subject: 'Your follow-up appointment',
      paragraphs: [
        'Your follow-up imaging of the breast should have been done by {to}. As far as we know it has not been done.',
        'It can still be done, and we would like to see to it soon. {booking}',
        'If the imaging was done elsewhere, or if you do not want it, please tell us. If you notice a change in your breast, do not wait for an appointment: contact us or your doctor at once.',
        '{code}',
      ],
    },
    closing: {
      subject: 'The end of your follow-up appointments',
      paragraphs: [
        'The follow-up imaging of the breast that was planned with us has come to an end. We will send you no further invitations to it.',
        'You can come back to us at any time, whatever the reason was: contact us, and we will make an appointment with you. {code}',
        'If you notice a change in your breast, do not wait: contact us or your doctor at once. Your doctor can tell you which imaging of the breast is right for you from now on.',
      ],
    },
  },
};

/** The words of each language; none of them lacks a text. */
export const LETTER_WORDS: Readonly<Record<LetterLanguage, LetterWords>> = {
  en: ENGLISH,
  de: GERMAN,
  es: SPANISH,
  fr: FRENCH,
};

/** Locales for dates. */
export const LETTER_LOCALES: Readonly<Record<LetterLanguage, string>> = {
  en: 'en-GB',
  de: 'de-DE',
  es: 'es-ES',
  fr: 'fr-FR',
};

/** What the record of a letter says of it: `invitation, de`. */
export function letterNote(kind: LetterKind, language: LetterLanguage): string {
  return `${kind}, ${language}`;
}

/** Reads such a note back; null: it is of no letter of ours. */
export function letterOfNote(
  note: string,
): { readonly kind: LetterKind; readonly language: LetterLanguage } | null {
  const [first, second, ...more] = note.split(', ');
  const kind = LETTER_KINDS.find((each) => each === first);
  const language = LETTER_LANGUAGES.find((each) => each === second);
  return kind === undefined || language === undefined || more.length > 0
    ? null
    : { kind, language };
}
