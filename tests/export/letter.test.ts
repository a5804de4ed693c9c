import { describe, expect, test } from 'vitest';
import { type Letter, writeLetter } from '../../src/export/letter.ts';
import { letterArticle } from '../../src/export/letter-html.ts';
import {
  LETTER_KINDS,
  LETTER_LANGUAGES,
  LETTER_WORDS,
  type LetterKind,
  type LetterLanguage,
  type LetterWords,
  letterNote,
  letterOfNote,
} from '../../src/export/letter-words.ts';

const EVERY = LETTER_LANGUAGES.flatMap((language) =>
  LETTER_KINDS.map((kind) => [kind, language] as const),
);

function letter(kind: LetterKind, language: LetterLanguage, more: Partial<Letter> = {}): Letter {
  return {
    kind,
    language,
    date: '2026-06-15',
    clinic: 'Breast clinic North',
    zone: 'Europe/Berlin',
    code: '1A2B3C4D',
    visit: kind === 'closing' ? null : { from: '2026-07-01', to: '2026-09-01', appointment: null },
    ...more,
  };
}

/** With spaces at which a line may break. */
function spaced(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}

/** All that a letter says. */
function textOf(written: Letter): string {
  const { words, date, subject, paragraphs } = writeLetter(written);
  return spaced([words.greeting, date, subject, ...paragraphs, words.farewell].join('\n'));
}

function placesIn(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();
}

describe('the words of the letters', () => {
  test.each(LETTER_LANGUAGES)('in %s no text is missing or empty', (language) => {
    const { texts, ...single }: LetterWords = LETTER_WORDS[language];
    for (const text of Object.values(single)) expect(text.trim()).not.toBe('');
    for (const kind of LETTER_KINDS) {
      expect(texts[kind].subject.trim()).not.toBe('');
      for (const paragraph of texts[kind].paragraphs) expect(paragraph.trim()).not.toBe('');
    }
  });

  test.each(LETTER_LANGUAGES)(
    'in %s every text has the places that the English one has',
    (language) => {
      const { texts: english, ...single } = LETTER_WORDS.en;
      const words = LETTER_WORDS[language];
      for (const [name, text] of Object.entries(single)) {
        expect(placesIn(words[name as keyof typeof single]), name).toEqual(placesIn(text));
      }
      for (const kind of LETTER_KINDS) {
        expect(words.texts[kind].paragraphs.map(placesIn)).toEqual(
          english[kind].paragraphs.map(placesIn),
        );
      }
    },
  );

  test.each(EVERY)(
    '%s in %s tells nothing that others in the household need not know',
    (kind, language) => {
      const text = textOf(letter(kind, language));
      expect(text).not.toMatch(
        /cancer|krebs|cáncer|tum[oó]r|tumeur|malign|ablation|ablación|cryo|krio|crio|biops|MRI|MRT|IRM|mammogra|oncolog|onkolog/i,
      );
    },
  );

  test('a note of the record is read back, and another one is no letter', () => {
    for (const [kind, language] of EVERY) {
      expect(letterOfNote(letterNote(kind, language))).toEqual({ kind, language });
    }
    for (const note of [
      '',
      'invitation',
      'invitation, it',
      'invitation to mammography',
      'x, de',
      'invitation, de, 2',
    ]) {
      expect(letterOfNote(note)).toBeNull();
    }
  });
});

describe('a letter', () => {
  test.each(EVERY)(
    '%s in %s leaves no place open, with and without an appointment',
    (kind, language) => {
      for (const appointment of [null, '2026-08-03', '2026-08-03T09:30[Europe/Berlin]']) {
        const visit = { from: '2026-07-01', to: '2026-09-01', appointment };
        const text = textOf(letter(kind, language, kind === 'closing' ? {} : { visit }));
        expect(text).not.toMatch(/[{}]/);
        expect(text).toContain('1A2B3C4D');
      }
    },
  );

  test.each([
    ['en', '15 June 2026', 'between 1 July 2026 and 1 September 2026'],
    ['de', '15. Juni 2026', 'zwischen dem 1. Juli 2026 und dem 1. September 2026'],
    ['es', '15 de junio de 2026', 'entre el 1 de julio de 2026 y el 1 de septiembre de 2026'],
    ['fr', '15 juin 2026', 'septembre 2026'],
  ] as const)('has its dates in the words of %s', (language, date, when) => {
    const written = writeLetter(letter('invitation', language));
    expect(spaced(written.date)).toBe(date);
    expect(written.date).not.toContain(' ');
    expect(spaced(written.paragraphs[0] ?? '')).toContain(when);
  });

  test('tells of a window that is open only its end', () => {
    const visit = { from: '2026-06-15', to: '2026-09-01', appointment: null };
    expect(textOf(letter('reminder', 'en', { visit }))).toContain(
      'It should take place by 1 September 2026.',
    );
  });

  test.each([
    ['en', '2026-08-03T09:30[Europe/Berlin]', '3 August 2026, 09:30'],
    ['de', '2026-08-03T07:30Z', '3. August 2026, 09:30 Uhr'],
    ['es', '2026-08-03T09:30+02:00', '3 de agosto de 2026, a las 09:30'],
    ['fr', '2026-08-03', '3 août 2026'],
  ] as const)(
    'tells an appointment in %s on the clock of the clinic',
    (language, appointment, says) => {
      const visit = { from: '2026-07-01', to: '2026-09-01', appointment };
      expect(textOf(letter('invitation', language, { visit }))).toContain(`${says}.`);
    },
  );

  test('is markup in its own language, with lines for the name and no name on it', () => {
    const { text } = letterArticle(letter('invitation', 'de', { clinic: 'Klinik <Nord>' }), 1);
    expect(text).toContain('<article class="letter" lang="de">');
    expect(text).toContain('Klinik &lt;Nord&gt;');
    expect(text.match(/class="by-hand"/g)).toHaveLength(4);
  });
});
