import { html, type Markup } from '../../export/markup.ts';
import type { Choice } from '../page/form-fields.ts';
import { type Version, versionText } from './protocol-paths.ts';

/** A protocol version with the title that its file has. */
export interface TitledVersion extends Version {
  readonly title: string;
}

/** What a protocol version is called where people read: title and version. */
export function titleText({ title, version }: Pick<TitledVersion, 'title' | 'version'>): string {
  return `${title}, version ${version}`;
}

/** The same with the id, which engineers and the command line know it by. */
export function titleWithId(protocol: TitledVersion): Markup {
  return html`${titleText(protocol)} <span class="dim code">(${protocol.id})</span>`;
}

/** A protocol version to be chosen; `note`: what else is to be known of it before. */
export function protocolChoice(protocol: TitledVersion, note?: string): Choice {
  const told = note === undefined ? '' : `, ${note}`;
  return { value: versionText(protocol), label: `${titleText(protocol)} (${protocol.id})${told}` };
}
