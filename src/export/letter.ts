import { type DateText, parseDay } from '../domain/civil-date.ts';
import { dayInWords } from '../domain/clock.ts';
import { readAppointment } from './appointment.ts';
import {
  LETTER_LOCALES,
  LETTER_WORDS,
  type LetterKind,
  type LetterLanguage,
  type LetterWords,
} from './letter-words.ts';

/** The visit that a letter is about. All days are inclusive. */
export interface LetterVisit {
  readonly from: DateText;
  readonly to: DateText;
  /** An appointment that stands, as it was recorded; null: none. */
  readonly appointment: string | null;
}

/** What a letter is made of. It knows no patient. */
export interface Letter {
  readonly kind: LetterKind;
  readonly language: LetterLanguage;
  /** The day on which it is written. */
  readonly date: DateText;
  readonly clinic: string;
  /** IANA zone of the clinic, for appointments that name none. */
  readonly zone: string;
  /** By which the clinic finds the episode; nobody else learns anything from it. */
  readonly code: string;
  /** Null: the letter is about no visit. */
  readonly visit: LetterVisit | null;
}

/** A letter in the words of its language. */
export interface LetterLines {
  readonly words: LetterWords;
  readonly date: string;
  readonly subject: string;
  readonly paragraphs: readonly string[];
}

/** Writes a letter: every placeholder is filled, every date is in the Gregorian calendar with Latin digits. */
export function writeLetter(letter: Letter): LetterLines {
  const words = LETTER_WORDS[letter.language];
  const { subject, paragraphs } = words.texts[letter.kind];
  const parts = partsOf(letter, words);
  return {
    words,
    date: inWords(letter.date, letter),
    subject,
    paragraphs: paragraphs.map((paragraph) => filled(paragraph, parts)),
  };
}

function partsOf(letter: Letter, words: LetterWords): Readonly<Record<string, string>> {
  const { visit, date, code } = letter;
  const coded = { code: filled(words.code, { code }) };
  if (visit === null) return coded;
  const from = inWords(visit.from, letter);
  const to = inWords(visit.to, letter);
  return {
    ...coded,
    to,
    when: visit.from > date ? filled(words.between, { from, to }) : filled(words.by, { to }),
    booking:
      visit.appointment === null
        ? words.notBooked
        : filled(words.booked, {
            appointment: appointmentInWords(visit.appointment, letter, words),
          }),
  };
}

function appointmentInWords(text: string, letter: Letter, words: LetterWords): string {
  const appointment = readAppointment(text, letter.zone);
  if (appointment === undefined) return text;
  if (appointment.kind === 'all-day') return inWords(appointment.date, letter);
  const { start } = appointment.time;
  const day = inWords(start.toFormat('yyyy-LL-dd'), letter);
  return filled(words.dayAndTime, { day, time: start.toFormat('HH:mm') });
}

const NO_BREAK_SPACE = '\u00a0';

function inWords(date: DateText, { language }: Letter): string {
  const day = parseDay(date);
  if (day === undefined) return date;
  // A day and its month stay on one line.
  return dayInWords(day, LETTER_LOCALES[language]).replaceAll(' ', NO_BREAK_SPACE);
}

/** Puts parts in the places of a text; a place without a part is left as it is, and found by the tests. */
function filled(text: string, parts: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => parts[name] ?? place);
}
