import { letterArticle } from '../../export/letter-html.ts';
import { EMPTY, html, type Markup } from '../../export/markup.ts';
import type { ReadLetter } from '../../service/letters/read-letter.ts';
import { STYLE_PATH } from '../page/style.ts';

/**
 * A letter on a page of its own, in its own language: nothing of the service is printed on it. The
 * page's title is what a browser prints at the edge of the paper: the clinic's name.
 */
export function letterPaper({ letter, takenBack }: ReadLetter, back: string): Markup {
  return html`<!DOCTYPE html>
<html lang="${letter.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${letter.clinic}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${STYLE_PATH}">
</head>
<body class="letter-page">
<nav class="no-print" lang="en" aria-label="Letter"><p><a href="${back}">Back to the letters</a></p>
<p>Print this page, and write the name and address on it by hand.</p>
${
  takenBack
    ? html`<p class="alarm" role="alert"><strong>The record of this letter was taken back.</strong></p>
`
    : EMPTY
}</nav>
<main>
${letterArticle(letter, 1)}</main>
</body>
</html>
`;
}
