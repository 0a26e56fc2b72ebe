import pg from 'pg';
import type { Clock, Scheduled } from '#domain/clock.ts';
import { breakersChannel, changesChannel, webhooksChannel, type Change } from './changes.ts';
import { readBreakerNews, type BreakerNews } from './provider-breakers.ts';

export interface Listener {
  close(): Promise<void>;
}

export interface ListenerHandlers {
  onChange(change: Change): void;
  onWebhook(): void;
  onBreaker(news: BreakerNews): void;
  /** Called after every connection and reconnection: announcements made in between were missed. */
  onConnected(): void;
}

const reconnectDelayMs = 1_000;

/**
 * Listens for announcements of all processes on a dedicated connection, and reconnects when it breaks. Announcements
 * are hints: code that depends on one must also poll.
 */
export function listen(url: string, clock: Clock, handlers: ListenerHandlers): Listener {
  let isClosed = false;
  let client: pg.Client | undefined;
  let reconnection: Scheduled | undefined;

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: url, application_name: 'drop listener', keepAlive: true });
    client = next;
    next.on('error', () => undefined);
    next.on('end', reconnectLater);
    next.on('notification', ({ channel, payload }) => {
      if (channel === webhooksChannel) handlers.onWebhook();
      else if (channel === breakersChannel) tellOfBreaker(payload);
      else if (payload !== undefined) handlers.onChange(JSON.parse(payload) as Change);
    });
    await next.connect();
    await next.query(`listen ${changesChannel}`);
    await next.query(`listen ${webhooksChannel}`);
    await next.query(`listen ${breakersChannel}`);
    handlers.onConnected();
  }

  function tellOfBreaker(payload = ''): void {
    const news = readBreakerNews(payload);
    if (news) handlers.onBreaker(news);
  }

  function reconnectLater(): void {
    if (isClosed || reconnection) return;
    reconnection = clock.schedule(reconnectDelayMs, () => {
      reconnection = undefined;
      connect().catch(reconnectLater);
    });
  }

  connect().catch(reconnectLater);
  return {
    async close() {
      isClosed = true;
      reconnection?.cancel();
      await client?.end().catch(() => undefined);
    },
  };
}
