import { heartbeatNames, type HeartbeatName, type Heartbeats } from './service.ts';

export interface HeartbeatMock extends Heartbeats {
  /** How often each worker has sent one. */
  beats(): Readonly<Partial<Record<HeartbeatName, number>>>;
  reset(): void;
}

/** Counts heartbeats in memory. */
export function createHeartbeatMock(): HeartbeatMock {
  let beats: Partial<Record<HeartbeatName, number>> = {};
  return {
    names: heartbeatNames,
    async beat(name) {
      beats = { ...beats, [name]: (beats[name] ?? 0) + 1 };
    },
    beats: () => beats,
    reset() {
      beats = {};
    },
  };
}
