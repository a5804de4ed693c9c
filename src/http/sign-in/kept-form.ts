import { z } from 'zod';
import { html, type Markup } from '../../export/markup.ts';
import type { OpenCall } from '../call.ts';
import { hiddenField } from '../page/form-fields.ts';
import { sessionTokenOf } from '../session-cookie.ts';

/** A form that could not be answered: where to, and its fields as they are sent, however many. */
export interface KeptForm {
  readonly to: string;
  readonly sent: string;
  /** The account whose session sent it; null: not known. */
  readonly by: number | null;
}

const keptForm = z.strictObject({
  to: z.string().refine(isOwnPath),
  sent: z.string(),
  by: z.int().nullable(),
});

/** Whether a text is a path of ours: no other site can be reached with it. */
export function isOwnPath(text: string): boolean {
  if (!/^\/(?![/\\])[\x21-\x7E]*$/.test(text)) return false;
  const { origin, pathname } = new URL(text, 'http://own.invalid');
  // `/.//elsewhere` is a path of ours that becomes one of others when it is read a second time.
  return origin === 'http://own.invalid' && !pathname.startsWith('//');
}

/** A kept form as the text of a hidden field. */
export function keptFormText(kept: KeptForm): string {
  return JSON.stringify(kept);
}

/** Reads it back; null: it is none, or leads elsewhere. */
export function readKeptForm(text: string): KeptForm | null {
  try {
    const read = keptForm.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/** A form that was sent to a page, to be sent once more; null: it was none, or has passwords, which are in no page. */
export function keptFormOf({ request, url, fields, service }: OpenCall): KeptForm | null {
  if (request.method !== 'POST' || HAVE_PASSWORDS.has(url.pathname)) return null;
  const token = sessionTokenOf(request);
  const by = token === null ? null : service.sessions.ownerOf(token);
  return { to: `${url.pathname}${url.search}`, sent: fields.toString(), by };
}

const HAVE_PASSWORDS: ReadonlySet<string> = new Set(['/sign-in', '/password']);

/** The form once more, ready to be sent: nothing is sent without a person's click. */
export function keptFormMarkup({ to, sent }: KeptForm, button: string): Markup {
  const fields = [...new URLSearchParams(sent)];
  return html`<form method="post" action="${to}">
${fields.map(
  ([name, value]) => html`${hiddenField(name, value)}
`,
)}<button>${button}</button>
</form>
`;
}
