import type { Clock, Scheduled } from '#domain/clock.ts';
import type { RecordedCall } from '#domain/recorded-call.ts';
import type { OutboundAttempt } from '#outbound/attempt.ts';
import type { RecordedFields } from '#outbound/recorded-fields.ts';
import { toRecordedCall } from './recorded-call.ts';

export interface CallRecorder {
  /** Buffers the attempt and returns immediately. When the buffer is full, the attempt is dropped and counted. */
  record(attempt: OutboundAttempt, recorded: RecordedFields): void;
  /** The number of attempts dropped so far. */
  readonly dropped: number;
  /** Writes all buffered attempts. Called at shutdown; does not reject. */
  flush(): Promise<void>;
}

export interface CallRecorderOptions {
  clock: Clock;
  write(calls: RecordedCall[]): Promise<void>;
  /** Called when a batch could not be written. */
  onFailure(error: unknown, dropped: number): void;
}

const waitMs = 1_000;
const batchMax = 100;
/** The most attempts that may wait to be written, and the most bytes of their bodies. */
const waitingMax = 2_000;
const waitingBytesMax = 8_388_608;

interface Note {
  attempt: OutboundAttempt;
  recorded: RecordedFields;
  bytes: number;
}

/**
 * Records calls for operators without delaying them: attempts are buffered in memory and written in batches. When the
 * database is slow or unavailable, records are dropped, so that calls are not delayed and memory stays bounded.
 */
export function createCallRecorder({ clock, write, onFailure }: CallRecorderOptions): CallRecorder {
  const notes: Note[] = [];
  let waitingBytes = 0;
  let dropped = 0;
  let wake: Scheduled | undefined;
  let writing: Promise<void> | undefined;

  async function writeBatch(): Promise<void> {
    const batch = notes.splice(0, batchMax);
    for (const { bytes } of batch) waitingBytes -= bytes;
    try {
      await write(batch.map(({ attempt, recorded }) => toRecordedCall(attempt, recorded)));
    } catch (error) {
      dropped += batch.length;
      onFailure(error, batch.length);
    }
  }

  async function writeAll(): Promise<void> {
    while (notes.length > 0) await writeBatch();
  }

  async function flush(): Promise<void> {
    wake?.cancel();
    wake = undefined;
    writing ??= writeAll().finally(() => (writing = undefined));
    return writing;
  }

  return {
    record(attempt, recorded) {
      const bytes = (attempt.requestBody?.length ?? 0) + (attempt.response?.body.byteLength ?? 0);
      if (notes.length >= waitingMax || waitingBytes + bytes > waitingBytesMax) {
        dropped += 1;
        return;
      }
      notes.push({ attempt, recorded, bytes });
      waitingBytes += bytes;
      wake ??= clock.schedule(waitMs, () => void flush());
    },
    get dropped() {
      return dropped;
    },
    flush,
  };
}
