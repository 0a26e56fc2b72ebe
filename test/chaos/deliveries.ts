import type { Event } from './event.ts';
import type { Fleet } from './fleet.ts';
import type { OwnPostgres } from './postgres.ts';

/** One sending of an event, until it was acknowledged. Moments are numbers that grow. */
export interface Delivery {
  event: Event;
  sentAt: number;
  acknowledgedAt: number;
  receipt: string;
  tries: number;
}

/** The same numbers from the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** `count` events of `subjects` subjects, every fifth of them twice, in no order. */
export function shuffledEvents(count: number, subjects: number, random: () => number): Event[] {
  const events = Array.from({ length: count }, (_, index) => ({
    key: `event ${index}`,
    subject: `subject ${index % subjects}`,
  }));
  const all = [...events, ...events.filter((_, index) => index % 5 === 0)];
  for (let last = all.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const [left, right] = [all[last], all[other]];
    if (left && right) [all[last], all[other]] = [right, left];
  }
  return all;
}

/**
 * Sends as a provider does: again until it is acknowledged, `atOnce` at a time, each to whichever process listens.
 * `onAcknowledged` is told how many there are, and is waited for.
 */
export async function deliverAll(
  events: readonly Event[],
  to: { fleet: Fleet; postgres: OwnPostgres; random: () => number },
  { atOnce, onAcknowledged }: { atOnce: number; onAcknowledged: (count: number) => Promise<void> },
): Promise<Delivery[]> {
  const deliveries: Delivery[] = [];
  const queue = events.values();
  let moment = 0;
  async function send(): Promise<void> {
    for (const event of queue) {
      moment += 1;
      const sentAt = moment;
      const { receipt, tries } = await deliver(event, to);
      moment += 1;
      deliveries.push({ event, sentAt, acknowledgedAt: moment, receipt, tries });
      await onAcknowledged(deliveries.length);
    }
  }
  await Promise.all(Array.from({ length: atOnce }, send));
  return deliveries;
}

async function deliver(
  event: Event,
  { fleet, postgres, random }: { fleet: Fleet; postgres: OwnPostgres; random: () => number },
): Promise<{ receipt: string; tries: number }> {
  for (let tries = 1; ; tries += 1) {
    await postgres.up();
    const url = await fleet.address(random());
    const answer = await fetch(url, { method: 'POST', body: JSON.stringify(event) }).then(
      async (response) => ({ status: response.status, text: await response.text() }),
      // Killed at it: the sender knows nothing, and sends again.
      () => undefined,
    );
    if (answer?.status === 200)
      return { receipt: (JSON.parse(answer.text) as { receipt: string }).receipt, tries };
    if (answer && answer.status !== 503)
      throw new RangeError(`${answer.status} is no answer to a sound webhook`);
  }
}
