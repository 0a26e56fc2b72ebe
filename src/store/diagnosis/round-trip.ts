import type pg from 'pg';
import type { Clock } from '#domain/clock.ts';
import { onConnection } from './on-connection.ts';

const heardWithinMs = 5_000;

export interface RoundTrip {
  /** Where the announcement is made, which may be the address of a pooler. */
  url: string;
  /** Where it is listened for. */
  directUrl: string;
  clock: Clock;
  /** Names the channel; no other listener uses it. */
  id: string;
}

/**
 * Announces something over `url` and listens for it over `directUrl`, as processes of Drop do. Returns whether it was
 * heard within five seconds. Rejects with the driver's error.
 */
export async function isAnnouncementHeard({ url, directUrl, clock, id }: RoundTrip): Promise<boolean> {
  const channel = `drop_doctor_${id.replaceAll('-', '')}`;
  return onConnection(directUrl, async (listener) => {
    await listener.query(`listen ${channel}`);
    const heard = hears(listener, clock);
    await onConnection(url, (announcer) => announcer.query(`select pg_notify($1, '')`, [channel]));
    return heard;
  });
}

function hears(listener: pg.Client, clock: Clock): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const limit = clock.schedule(heardWithinMs, () => resolve(false), { keepsAlive: true });
  listener.once('notification', () => resolve(true));
  listener.once('end', () => resolve(false));
  return promise.finally(() => limit.cancel());
}
