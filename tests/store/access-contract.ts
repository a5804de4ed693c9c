import type { Store } from '../../src/store/store.ts';
export function accessContract(_name: string, _make: () => Promise<Store>): void {}
