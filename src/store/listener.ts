import type pg from 'pg';
import type { Clock, Scheduled } from '#domain/clock.ts';
import type { Entropy } from '#domain/entropy.ts';
import { createAnnouncementReader, type AnnouncementHandlers } from './announcements.ts';
import { announcedChannels, announceProbe, probesChannel } from './changes.ts';
import { endConnection, openConnection } from './connections.ts';
import type { Store } from './database.ts';
import { createListenerProbe } from './listener-probe.ts';

export interface Listener {
  /** Whether the last probe was heard. True until the first one should have been. */
  readonly isHearing: boolean;
  close(): Promise<void>;
}

export interface ListenerHandlers extends AnnouncementHandlers {
  /**
   * Called after every connection and reconnection: announcements made in between were missed. While announcements do
   * not arrive, the connection is made again every few seconds, so what depends on this call polls.
   */
  onConnected(): void;
  /** Called when `isHearing` has changed. */
  onHearing?(isHearing: boolean): void;
}

const heardChannels = [...announcedChannels, probesChannel];
const reconnectDelayMs = 1_000;
/** For the statements that begin to listen. */
const answerMs = 5_000;

/**
 * Listens for announcements of all processes on a connection of its own to PostgreSQL itself, since a pooler passes
 * none on. The connection is made anew when it breaks, and when a probe that was announced over the pool does not
 * arrive. Announcements are hints: code that depends on one must also poll.
 */
export function listen(
  store: Pick<Store, 'database' | 'directUrl'>,
  { clock, entropy }: { clock: Clock; entropy: Entropy },
  handlers: ListenerHandlers,
): Listener {
  let isClosed = false;
  let isHearing = true;
  let client: pg.Client | undefined;
  let reconnection: Scheduled | undefined;
  const probe = createListenerProbe({
    clock,
    entropy,
    announce: (payload) => announceProbe(store.database, payload),
    onHeard: () => setHearing(true),
    onSilence: fail,
  });
  const readAnnouncement = createAnnouncementReader(handlers);

  async function connect(): Promise<void> {
    const next = openConnection(store.directUrl, { name: 'drop listener', answerMs, clock });
    client = next;
    next.on('end', () => next === client && fail());
    next.on('notification', (notification) => {
      if (notification.channel === probesChannel) probe.hear(notification.payload);
      else readAnnouncement(notification);
    });
    await next.connect();
    for (const channel of heardChannels) await next.query(`listen ${channel}`);
    handlers.onConnected();
    probe.start();
  }

  function setHearing(now: boolean): void {
    if (isHearing === now) return;
    isHearing = now;
    handlers.onHearing?.(now);
  }

  /** Drops the connection, which may be dead without having ended, and makes a new one. */
  function fail(): void {
    if (isClosed || reconnection) return;
    setHearing(false);
    probe.stop();
    if (client) void endConnection(client);
    client = undefined;
    reconnection = clock.schedule(reconnectDelayMs, () => {
      reconnection = undefined;
      connect().catch(fail);
    });
  }

  connect().catch(fail);
  return {
    get isHearing() {
      return isHearing;
    },
    async close() {
      isClosed = true;
      probe.stop();
      reconnection?.cancel();
      if (client) await endConnection(client);
    },
  };
}
