import { EMPTY, html, type Markup } from '../../export/markup.ts';
import { type Caller, may, type Permission } from '../../service/access/permission.ts';
import type { OpenCall } from '../call.ts';
import { type KeptForm, keptFormMarkup } from './kept-form.ts';

/** After signing in with a form that was kept: the form, for whoever typed it and may send it. */
export async function keptFormBody(
  { service }: OpenCall,
  caller: Caller,
  kept: KeptForm,
): Promise<Markup> {
  if (kept.by !== null && kept.by !== caller.id) return notOffered(OF_ANOTHER);
  const [, code] = /^\/c\/([^/]+)\//.exec(kept.to) ?? [];
  if (code !== undefined) {
    const clinics = await service.access.store.listClinics();
    const clinic = clinics.find((each) => each.code === code);
    if (clinic === undefined || !maySend(caller, clinic.id, kept)) return notOffered(NOT_ALLOWED);
  }
  if (kept.by === null) {
    return html`<h1>Signed in</h1>
<p class="alarm">This was typed by whoever was signed in at this browser before: read it before you send it. It is recorded in your name.</p>
${typed(kept)}${keptFormMarkup(kept, 'Send it in my name')}<p><a href="/">Leave it, and go to the start</a></p>
`;
  }
  return html`<h1>Signed in again</h1>
<p>Your session had ended. Nothing of what you typed was recorded yet, and nothing is lost.</p>
${keptFormMarkup(kept, 'Go on with what you typed')}`;
}

const OF_ANOTHER =
  'A form was sent here after the session of somebody else had ended. Nothing of it was recorded. You are not the one who typed it, so it is not sent in your name.';
const NOT_ALLOWED =
  'A form was sent here before you signed in. Your roles do not allow you to send it. Nothing of it was recorded.';

function notOffered(why: string): Markup {
  return html`<h1>Signed in</h1>
<p class="alarm">${why}</p>
<p><a href="/">To the start</a></p>
`;
}

const CHANGES: readonly Permission[] = ['record', 'register', 'approve', 'subscribe', 'administer'];

/** Whoever may only read may send no form but that of their own views. */
function maySend(caller: Caller, clinic: number, { to }: KeptForm): boolean {
  return (
    CHANGES.some((permission) => may(caller, clinic, permission)) ||
    (may(caller, clinic, 'read') && /^[^?]*\/views(?:\/|\?|$)/.test(to))
  );
}

/** What the form carries for itself: nobody has typed it. */
const OWN_FIELDS: ReadonlySet<string> = new Set(['step', 'event', 'expected', 'back', 'accept']);

function typed({ sent }: KeptForm): Markup {
  const fields = [...new URLSearchParams(sent)].filter(
    ([name, value]) => value.trim() !== '' && !OWN_FIELDS.has(name),
  );
  if (fields.length === 0) return EMPTY;
  return html`<dl class="facts">
${fields.map(
  ([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>
`,
)}</dl>
`;
}
