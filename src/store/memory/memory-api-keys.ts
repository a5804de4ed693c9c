import { compareTexts } from '../../domain/compare-texts.ts';
import { apiKeyEntry } from '../access-audit.ts';
import type { Act } from '../act.ts';
import type { ApiKey, NewApiKey } from '../api-key.ts';
import { done, notFound, type Result, refused } from '../result.ts';
import { createdApiKey } from '../token-rules.ts';
import { type Decided, unchanged } from './memory-change.ts';
import type { MemoryState } from './memory-state.ts';

/** The API keys of the accounts. */

export function findApiKey(state: MemoryState, selector: string): Result<ApiKey> {
  const key = state.apiKeys.get(selector);
  return key === undefined ? notFound('api-key') : done(key);
}

export function listApiKeys(state: MemoryState, account: number): ApiKey[] {
  return [...state.apiKeys.values()]
    .filter((key) => key.account === account)
    .sort((a, b) => a.createdAt - b.createdAt || compareTexts(a.selector, b.selector));
}

export function createApiKey(state: MemoryState, act: Act, work: NewApiKey): Decided<null> {
  const key = createdApiKey(act, work);
  if ('outcome' in key) return key;
  if (!state.accounts.has(key.account)) return notFound('account');
  if (state.apiKeys.has(key.selector)) return refused('id-taken');
  return {
    value: null,
    audit: [apiKeyEntry(key)],
    apply: () => state.apiKeys.set(key.selector, key),
  };
}

export function revokeApiKey(
  state: MemoryState,
  { at }: Act,
  { selector }: { readonly selector: string },
): Decided<{ readonly changed: boolean }> {
  const kept = state.apiKeys.get(selector);
  if (kept === undefined) return notFound('api-key');
  if (kept.revokedAt !== null) return unchanged({ changed: false });
  const key = { ...kept, revokedAt: at };
  return {
    value: { changed: true },
    audit: [apiKeyEntry(key)],
    apply: () => state.apiKeys.set(selector, key),
  };
}
