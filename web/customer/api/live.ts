import type { QueryClient } from '@tanstack/react-query';
import type { Change } from '#http/contract/changes.ts';
import { rereadPaidBalances } from './reread-balances.ts';
import { sessionQuery } from './queries.ts';
import { noteStreamLost, noteStreamOpen } from './stream-state.ts';

const reconnectMs = { first: 1_000, longest: 30_000 };

const affectedQueries: Record<Change['kind'], string[]> = {
  notification: ['notifications', 'email-address'],
  payment: ['payments', 'accounts'],
  kyc: ['kyc', 'me'],
  account: ['accounts', 'consents'],
  connection: ['connections', 'accounts', 'consents'],
  session: ['devices'],
};

/** What the first screen reads before the stream is open. A change in between is announced to nobody. */
const readBefore = [...affectedQueries.kyc, ...affectedQueries.payment, 'connections'];

/**
 * Keeps a stream of changes open while the page is visible, and reloads the data that each change names. After a
 * reconnect, and when the server may have missed changes, everything is reloaded. A balance that a settled payment has
 * made old is read again at the bank. The session is checked when a session has ended and when the server refuses the
 * stream. Returns a function that stops it.
 */
export function subscribeToChanges(queryClient: QueryClient): () => void {
  let source: EventSource | undefined;
  let retry: number | undefined;
  let delayMs = reconnectMs.first;
  let openedBefore = false;

  const close = () => {
    window.clearTimeout(retry);
    source?.close();
    source = undefined;
  };
  const open = () => {
    close();
    source = new EventSource('/api/events');
    source.addEventListener('change', (event: MessageEvent<unknown>) => onChange(queryClient, event.data));
    source.addEventListener('missed', () => void queryClient.invalidateQueries());
    source.addEventListener('open', () => {
      delayMs = reconnectMs.first;
      noteStreamOpen();
      void rereadPaidBalances(queryClient);
      if (openedBefore) void queryClient.invalidateQueries();
      else for (const name of readBefore) void readAgain(queryClient, name);
      openedBefore = true;
    });
    source.addEventListener('error', () => {
      const isClosed = source?.readyState === EventSource.CLOSED;
      noteStreamLost(isClosed ? 'at once' : 'after a grace');
      if (!isClosed) return;
      checkSession(queryClient);
      retry = window.setTimeout(open, delayMs);
      delayMs = Math.min(delayMs * 2, reconnectMs.longest);
    });
  };
  const onVisibility = () => (document.visibilityState === 'visible' ? open() : close());

  const onOffline = () => noteStreamLost('at once');

  onVisibility();
  window.addEventListener('offline', onOffline);
  window.addEventListener('online', onVisibility);
  document.addEventListener('visibilitychange', onVisibility);
  return () => {
    window.removeEventListener('offline', onOffline);
    window.removeEventListener('online', onVisibility);
    document.removeEventListener('visibilitychange', onVisibility);
    close();
  };
}

function onChange(queryClient: QueryClient, data: unknown): void {
  const kind = kindOf(data);
  if (!kind) return;
  if (kind === 'session') checkSession(queryClient);
  if (kind === 'payment') void rereadPaidBalances(queryClient);
  for (const name of affectedQueries[kind]) void readAgain(queryClient, name);
}

/**
 * Reloads a query. A first load that is under way may have read the state before the change, and the library would
 * accept its answer as new, so the query is loaded once more after it.
 */
async function readAgain(queryClient: QueryClient, name: string): Promise<void> {
  const queryKey = [name];
  const first = queryClient
    .getQueryCache()
    .findAll({ queryKey, fetchStatus: 'fetching' })
    .filter(({ state }) => state.data === undefined);
  await Promise.allSettled([
    queryClient.invalidateQueries({ queryKey }),
    ...first.map(({ promise }) => promise),
  ]);
  if (first.length > 0) await queryClient.invalidateQueries({ queryKey });
}

function checkSession(queryClient: QueryClient): void {
  void queryClient.prefetchQuery(sessionQuery);
}

function kindOf(data: unknown): Change['kind'] | undefined {
  if (typeof data !== 'string') return undefined;
  try {
    const { kind } = JSON.parse(data) as Partial<Change>;
    return kind !== undefined && kind in affectedQueries ? kind : undefined;
  } catch {
    return undefined;
  }
}
