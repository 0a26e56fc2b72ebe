import type { QueryClient } from '@tanstack/react-query';
import { appQuery, banksQuery, meQuery, sessionQuery } from '../api/queries.ts';
import { onCustomerShown } from '../api/shown-customer.ts';
import { attempt } from './attempt.ts';

/** Data about Drop rather than the customer, which is kept when the session ends. */
const keptQueries = new Set<unknown>([appQuery, banksQuery, meQuery].map(({ queryKey }) => queryKey[0]));

const channelName = 'drop-session';
/** The entry in local storage with the time of the last sign-out, for pages that miss the message. */
const key = 'drop-signed-out-at';
const openedAt = performance.timeOrigin;

/**
 * Hides the customer's screens, opens another one with `leave`, and removes the customer's data from memory. The data
 * goes last, because a screen that is still open would load it again.
 */
export async function endSession(queryClient: QueryClient, leave: () => Promise<unknown>): Promise<void> {
  queryClient.setQueryData(meQuery.queryKey, null);
  await leave();
  queryClient.removeQueries({ predicate: ({ queryKey }) => !keptQueries.has(queryKey[0]) });
}

/** Tells Drop's other tabs in this browser that the customer has signed out. */
export function announceSignOut(): void {
  attempt(() => {
    const channel = new BroadcastChannel(channelName);
    channel.postMessage('signed out');
    channel.close();
  });
  attempt(() => window.localStorage.setItem(key, `${Date.now()}`));
}

/**
 * Runs `onSignedOut` at once when the customer signs out in another tab, when a tab shows another customer, who has
 * signed in since, and when the browser restores this page from its back/forward cache after a sign-out. Any other
 * restored page asks the server whether its session still holds.
 */
export function watchSession(queryClient: QueryClient, onSignedOut: () => void): void {
  const leave = () => {
    if (queryClient.getQueryData(meQuery.queryKey)) onSignedOut();
  };
  attempt(() => new BroadcastChannel(channelName).addEventListener('message', leave));
  onCustomerShown((id) => {
    if (queryClient.getQueryData(meQuery.queryKey)?.id !== id) leave();
  });
  window.addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return;
    if (signedOutSince(openedAt)) leave();
    else if (queryClient.getQueryData(meQuery.queryKey)) void queryClient.prefetchQuery(sessionQuery);
  });
}

function signedOutSince(time: number): boolean {
  return Number(attempt(() => window.localStorage.getItem(key)) ?? 0) > time;
}
