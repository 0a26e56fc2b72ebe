import type { QueryClient } from '@tanstack/react-query';
import type { Change } from '#http/contract/changes.ts';
import { sessionQuery } from './queries.ts';

const reconnectMs = { first: 1_000, longest: 30_000 };

const affectedQueries: Record<Change['kind'], string[]> = {
  payment: ['payments'],
  kyc: ['kyc', 'me'],
  account: ['accounts'],
  connection: ['connections', 'accounts'],
  session: ['devices'],
};

/**
 * Keeps a stream of changes open while the page can be seen, and reads again what they name. Events missed while the
 * stream was down are made up for by reading everything when it is up again. Whether the session still lives is asked
 * when one ended and when the stream is refused. Returns how to stop.
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
    source.addEventListener('open', () => {
      delayMs = reconnectMs.first;
      if (openedBefore) void queryClient.invalidateQueries();
      /* What was read before the stream was there may have changed in between; the right to pay must not be missed. */
      else for (const name of affectedQueries.kyc) void readAgain(queryClient, name);
      openedBefore = true;
    });
    source.addEventListener('error', () => {
      if (source?.readyState !== EventSource.CLOSED) return;
      checkSession(queryClient);
      retry = window.setTimeout(open, delayMs);
      delayMs = Math.min(delayMs * 2, reconnectMs.longest);
    });
  };
  const onVisibility = () => (document.visibilityState === 'visible' ? open() : close());

  onVisibility();
  document.addEventListener('visibilitychange', onVisibility);
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    close();
  };
}

function onChange(queryClient: QueryClient, data: unknown): void {
  const kind = kindOf(data);
  if (!kind) return;
  if (kind === 'session') checkSession(queryClient);
  for (const name of affectedQueries[kind]) void readAgain(queryClient, name);
}

/**
 * What is being read for the first time may have been read before the change: the library takes that answer for the new
 * one, so it is waited for, and read again.
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
