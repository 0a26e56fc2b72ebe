import { useSyncExternalStore } from 'react';

/** How long a lost stream may take to come back before the screen says so; the server ends each after five minutes. */
const graceMs = 4_000;

type StreamState = { kind: 'open' | 'opening' } | { kind: 'lost'; at: number };

let state: StreamState = { kind: 'opening' };
let grace: number | undefined;
const listeners = new Set<() => void>();

export function noteStreamOpen(): void {
  window.clearTimeout(grace);
  grace = undefined;
  show({ kind: 'open' });
}

/** `at once`: the browser does not try to open it again by itself. */
export function noteStreamLost(when: 'at once' | 'after a grace'): void {
  const at = Date.now();
  if (when === 'at once') return show({ kind: 'lost', at });
  grace ??= window.setTimeout(() => show({ kind: 'lost', at }), graceMs);
}

export function useStreamState(): StreamState {
  return useSyncExternalStore(subscribe, () => state);
}

function show(next: StreamState): void {
  if (next.kind === 'lost' && state.kind === 'lost') return;
  state = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
