import { useSyncExternalStore } from 'react';

/** How a payment ended whose answer came after the customer had left the screen. */
export type LateAnswer =
  | { kind: 'sent'; name: string; paymentId: string; waits: boolean }
  | { kind: 'not_sent' | 'unanswered'; name: string };

let told: LateAnswer | undefined;
const listeners = new Set<() => void>();

/** Shows the answer above whatever screen the customer is at. `undefined` takes it away. */
export function tellLateAnswer(answer: LateAnswer | undefined): void {
  told = answer;
  for (const listener of listeners) listener();
}

export function useLateAnswer(): LateAnswer | undefined {
  return useSyncExternalStore(subscribe, () => told);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
