import type { Scheduled } from '#domain/clock.ts';
import type { ErrorTally } from '#store/error-tallies.ts';
import { oneAtATime } from './answered-within.ts';
import { ErrorCounts, sumOf, without, type CountedError } from './error-counts.ts';
import { isSpike, judgeSpike, spikeParameters, windowMs, type WrittenErrors } from './judge-spike.ts';
import type { KnownAlerts } from './known-alerts.ts';
import { OutageMemory } from './outage-memory.ts';
import { sendFromMemory, type AlertContext } from './raise.ts';
import { judgeErrors } from './told-causes.ts';

/** How long errors are gathered before they are written, so that any number of them costs a few statements. */
const gatherMs = 250;
/** The same while there is a spike, when only its end is still to be noticed. */
const gatherDuringSpikeMs = 1_000;
/**
 * How often a process without errors looks for a spike and for old errors: the process that wrote them may be gone.
 */
const lookMs = 30_000;
const answerMsMax = 2_000;
/** By then a database that does not answer has an alert of its own. */
const outageToldMs = 20_000;
const ofDatabase = 'database_unavailable';

/** Alerts the operators of more than five errors in 60 s, in all processes together. Each process has one. */
export interface ErrorSpike {
  /** Counts one error, now. Returns at once and does not throw. */
  record(error: CountedError): void;
  /** Resolves when nothing is being written or read. */
  settled(): Promise<void>;
  /** Writes what was counted, in bounded time, and looks no further. */
  stop(): Promise<void>;
}

/**
 * Each process gathers its errors in memory and writes them to the database, where they are counted together. Exactly
 * one process alerts of a spike, and one says when it is over: when 60 s had five errors at most. While the database
 * does not answer, the process counts its own errors, and alerts once from memory. Errors that the database causes are
 * left to the alert that it does not answer: `outage` has them. Those of a provider are left to the alert about it, as
 * far as this process knows of one.
 */
export function startErrorSpike(context: AlertContext, outage = new OutageMemory()): ErrorSpike {
  const { clock, entropy } = context;
  const { alerts: known } = outage;
  const processId = entropy.uuid();
  const inTime = oneAtATime<boolean>(clock, answerMsMax);
  const counts = new ErrorCounts(windowMs);
  let isOpen = false;
  let isTold = false;
  let isStopped = false;
  let failingSinceMs: number | undefined;
  let working: Promise<void> | undefined;
  let next: { atMs: number; task: Scheduled } | undefined;

  const nowMs = (): number => clock.now().getTime();

  async function write(): Promise<void> {
    if (outage.isTold) outage.add(counts.takeOut(ofDatabase));
    const { tallies, giveBack } = counts.takeUnwritten(nowMs());
    try {
      isOpen = await inTime(() => judgeWith(context, known, { processId, tallies, isTold }));
      isTold = false;
      failingSinceMs = undefined;
    } catch {
      giveBack();
      failingSinceMs ??= nowMs();
      alertFromMemory();
    }
  }

  function alertFromMemory(): void {
    const isEarly = nowMs() - (failingSinceMs ?? nowMs()) < outageToldMs;
    const recent = untold(counts.recent(nowMs()), known, isEarly);
    if (!isSpike(recent)) {
      isTold = false;
    } else if (!isTold && !isOpen) {
      isTold = true;
      sendFromMemory(context, 'error_spike', spikeParameters(recent));
    }
  }

  function work(): void {
    next = undefined;
    working = write().finally(() => {
      working = undefined;
      plan();
    });
  }

  function plan(): void {
    if (isStopped || working) return;
    const isWatched = isOpen || isTold || known.unstored.length > 0;
    const afterMs = isWatched ? gatherDuringSpikeMs : counts.hasUnwritten ? gatherMs : lookMs;
    const atMs = nowMs() + afterMs;
    if (next && next.atMs <= atMs) return;
    next?.task.cancel();
    next = { atMs, task: clock.schedule(afterMs, work) };
  }

  work();
  return {
    record(error) {
      if (outage.isTold && error.code === ofDatabase) return outage.add(1);
      counts.add(error, nowMs());
      plan();
    },
    async settled() {
      await working;
    },
    async stop() {
      isStopped = true;
      next?.task.cancel();
      await working;
      if (counts.hasUnwritten) await write();
    },
  };
}

/** Judges errors, stores what was sent from memory, and keeps what was read. Returns whether there is a spike. */
async function judgeWith(
  context: AlertContext,
  known: KnownAlerts,
  written: Omit<WrittenErrors, 'sent'>,
): Promise<boolean> {
  const sent = known.unstored;
  const { isOpen, told } = await context.store.database
    .transaction()
    .execute((transaction) => judgeSpike(context, transaction, { ...written, sent }));
  known.noteRead(told);
  known.noteStored(sent);
  return isOpen;
}

/** The errors that no alert tells of, as far as is known without the database; early also without its own. */
function untold(recent: readonly ErrorTally[], known: KnownAlerts, isEarly: boolean): ErrorTally | undefined {
  const counted = without(sumOf(recent), isEarly ? ofDatabase : undefined);
  return judgeErrors(counted, known).untold;
}
