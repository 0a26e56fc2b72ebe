import { useSyncExternalStore } from 'react';

/**
 * The effect that a tap did not have: nothing was sent, the texts of the other language did not arrive, or no answer
 * says that the customer is signed out.
 */
export type Refused = 'notSent' | 'language' | 'signOut';

interface Told {
  kind: Refused;
  /** Rises with each tap, so that each is announced. */
  number: number;
}

let number = 0;
let told: Told | undefined;
const listeners = new Set<() => void>();

/** Says on the present screen that a tap there had no effect. `undefined` takes that away. */
export function tellRefused(kind: Refused | undefined): void {
  number += 1;
  told = kind && { kind, number };
  for (const listener of listeners) listener();
}

export function useRefused(): Told | undefined {
  return useSyncExternalStore(subscribe, () => told);
}

/** A tap that was refused without a network is no longer told of once there is one. */
function forget(): void {
  tellRefused(undefined);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('online', forget);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('online', forget);
  };
}
