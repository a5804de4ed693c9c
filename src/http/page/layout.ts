import { EMPTY, html, type Markup } from '../../export/markup.ts';
import { type Caller, may, type Permission } from '../../service/access/permission.ts';
import type { Clinic } from '../../service/store-access.ts';
import type { OpenCall } from '../call.ts';
import { STYLE_PATH } from './style.ts';

/** What a page is made of. */
export interface PageParts {
  readonly title: string;
  readonly body: Markup;
  /** What was done just now, told above the page. */
  readonly notice?: string | Markup | undefined;
  /** Something that everybody must know before reading on. */
  readonly alarm?: Markup | undefined;
}

interface Area {
  readonly path: string;
  readonly title: string;
  readonly needs: Permission;
}

/** The areas of a clinic, as the navigation shows them. */
const AREAS: readonly Area[] = [
  { path: 'worklist', title: 'Worklist', needs: 'read' },
  { path: 'episodes', title: 'Episodes', needs: 'read' },
  { path: 'register', title: 'Register', needs: 'register' },
  { path: 'calendars', title: 'Calendars', needs: 'subscribe' },
  { path: 'protocols', title: 'Protocols', needs: 'read' },
  { path: 'system', title: 'System', needs: 'read' },
];

/** A whole page: head, navigation, body. `clinic` null: a page outside of clinics. */
export function layout(
  { url, caller }: Pick<OpenCall, 'url' | 'caller'>,
  clinic: Clinic | null,
  { title, body, notice, alarm = EMPTY }: PageParts,
): Markup {
  const place = clinic === null ? 'cryowatch' : `${clinic.code} – cryowatch`;
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} – ${place}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${STYLE_PATH}">
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="site">
<p class="brand"><a href="/">cryowatch</a>${clinic === null ? EMPTY : html` <span class="clinic">${clinic.name}</span>`}</p>
${caller === null || clinic === null ? EMPTY : navigation(caller, clinic, url)}${caller === null ? EMPTY : account(caller)}</header>
<main id="main">
${alarm}${
  notice === undefined
    ? EMPTY
    : html`<p class="notice" role="status" tabindex="-1" autofocus>${notice}</p>
`
}${body}</main>
<footer class="site">
<p>cryowatch applies a protocol that a clinician approved. It reads no images and decides nothing: check each line against its rule before acting on it.</p>
</footer>
</body>
</html>
`;
}

function navigation(caller: Caller, clinic: Clinic, url: URL): Markup {
  const base = `/c/${encodeURIComponent(clinic.code)}`;
  const areas = AREAS.filter(({ needs }) => may(caller, clinic.id, needs));
  return html`<nav aria-label="Areas"><ul>
${areas.map(({ path, title }) => {
  const to = `${base}/${path}`;
  const here = url.pathname === to || url.pathname.startsWith(`${to}/`);
  return html`<li><a href="${to}"${here ? html` aria-current="page"` : EMPTY}>${title}</a></li>
`;
})}</ul></nav>
`;
}

function account({ name, displayName }: Caller): Markup {
  return html`<form class="account" method="post" action="/sign-out"><span>${displayName ?? name}</span> <a href="/password">Password</a> <button class="quiet">Sign out</button></form>
`;
}
