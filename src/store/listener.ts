import pg from 'pg';
import type { Clock, Scheduled } from '#domain/clock.ts';
import { createAnnouncementReader, type AnnouncementHandlers } from './announcements.ts';
import { breakersChannel, changesChannel, webhooksChannel } from './changes.ts';

export interface Listener {
  close(): Promise<void>;
}

export interface ListenerHandlers extends AnnouncementHandlers {
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
  const readAnnouncement = createAnnouncementReader(handlers);

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: url, application_name: 'drop listener', keepAlive: true });
    client = next;
    next.on('error', () => undefined);
    next.on('end', reconnectLater);
    next.on('notification', readAnnouncement);
    await next.connect();
    await next.query(`listen ${changesChannel}`);
    await next.query(`listen ${webhooksChannel}`);
    await next.query(`listen ${breakersChannel}`);
    handlers.onConnected();
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
