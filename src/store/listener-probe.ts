import type { Clock, Scheduled } from '#domain/clock.ts';
import type { Entropy } from '#domain/entropy.ts';

const probeEveryMs = 15_000;
const heardWithinMs = 5_000;

/** Tests whether announcements arrive, by announcing to itself. */
export interface ListenerProbe {
  /** Begins with a first probe. */
  start(): void;
  /** Takes the payload of a probe, of this or another process. */
  hear(payload: string | undefined): void;
  stop(): void;
}

export interface ListenerProbeOptions {
  clock: Clock;
  entropy: Entropy;
  /** Announces over the same address as all other announcements. */
  announce: (payload: string) => Promise<void>;
  onHeard: () => void;
  /** Called when a probe did not arrive within five seconds. The probe has stopped then. */
  onSilence: () => void;
}

export function createListenerProbe({
  clock,
  entropy,
  announce,
  onHeard,
  onSilence,
}: ListenerProbeOptions): ListenerProbe {
  let expected: string | undefined;
  let next: Scheduled | undefined;

  function probe(): void {
    expected = entropy.uuid();
    next = clock.schedule(heardWithinMs, onSilence);
    // Without a database the probe is not heard either.
    announce(expected).catch(() => undefined);
  }

  return {
    start: probe,
    hear(payload) {
      if (payload !== expected) return;
      expected = undefined;
      next?.cancel();
      next = clock.schedule(probeEveryMs, probe);
      onHeard();
    },
    stop() {
      expected = undefined;
      next?.cancel();
    },
  };
}
