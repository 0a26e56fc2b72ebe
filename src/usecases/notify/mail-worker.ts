import type { Clock, Scheduled } from '#domain/clock.ts';
import { notices } from '#domain/notice/notices.ts';
import { claimEntries, putOffEntry, type ClaimedEntry } from '#store/outbox/claims.ts';
import { deliverMail, paceMs, type MailContext, type MailPace } from './deliver-mail.ts';

/** Sends the mails that wait. Each process has one; they share the work through the database. */
export interface MailWorker {
  /** Looks for mails now rather than at the next poll. */
  wake(): void;
  /** Takes no more mails, and waits for those in hand. */
  stop(): Promise<void>;
}

const pollMs = 5_000;
const inHandMax = 20;
const codes = Object.keys(notices);
/** Longer than an attempt; shorter than the minute within which another process takes over from one that died. */
const leaseMs = 45_000;

export function startMailWorker(context: MailContext, pace: MailPace = {}): MailWorker {
  const { store, clock, entropy, log } = context;
  const inHand = new Set<Promise<void>>();
  let isStopped = false;
  let isAsked = false;
  let wakes = 0;
  let running: Promise<void> | undefined;
  let poll: Scheduled | undefined;
  const pause = createPause(clock, () => look());

  function take(entry: ClaimedEntry, wakesBefore: number): void {
    const work = deliverMail(context, entry, pace)
      .then((attempt) => {
        if (attempt === 'early' && !isStopped) pause.begin();
      })
      .catch((error: unknown) =>
        log('error', 'the outcome of a mail could not be stored', { outboxId: entry.id, error }),
      )
      .finally(() => {
        inHand.delete(work);
        // Later ones to the recipient have waited for it: those that the claim saw, or that were announced since.
        if (isAsked || entry.hasLater || wakes > wakesBefore) look();
      });
    inHand.add(work);
  }

  const mayClaim = (): boolean => !isStopped && !pause.isOn && inHand.size < inHandMax;

  async function drain(): Promise<void> {
    while (isAsked && mayClaim()) {
      isAsked = false;
      const wakesBefore = wakes;
      const limit = inHandMax - inHand.size;
      const options = { channel: 'mail', codes, limit, leaseMs, claim: entropy.uuid() } as const;
      const claimed = await claimEntries(store.database, clock.now(), options);
      if (isStopped) return release(context, claimed);
      for (const entry of claimed) take(entry, wakesBefore);
      if (claimed.length === limit) isAsked = true;
    }
  }

  function wake(): void {
    wakes += 1;
    look();
  }

  function look(): void {
    isAsked = true;
    if (running || !mayClaim()) return;
    running = drain()
      .catch((error: unknown) => log('error', 'the mails that wait could not be read', { error }))
      .finally(() => {
        running = undefined;
        if (isAsked) look();
      });
  }

  function pollLater(delayMs: number): void {
    if (isStopped) return;
    poll = clock.schedule(delayMs, () => {
      wake();
      pollLater(pollMs);
    });
  }

  pollLater(0);
  return {
    wake,
    async stop() {
      isStopped = true;
      poll?.cancel();
      pause.end();
      await running;
      await Promise.all(inHand);
    },
  };
}

/** The worker was stopped meanwhile: other processes send these at once. */
async function release({ store, clock }: MailContext, claimed: readonly ClaimedEntry[]): Promise<void> {
  for (const entry of claimed)
    await putOffEntry(store.database, entry, { dueAt: clock.now(), attempts: entry.attempts - 1 });
}

interface Pause {
  readonly isOn: boolean;
  begin(): void;
  end(): void;
}

/** While the server has had its mails of the second, those that wait are not claimed in vain. */
function createPause(clock: Clock, onOver: () => void): Pause {
  let over: Scheduled | undefined;
  return {
    get isOn() {
      return over !== undefined;
    },
    begin() {
      // Anew for each mail that is put off, so that all of them are due when it is over.
      over?.cancel();
      over = clock.schedule(paceMs, () => {
        over = undefined;
        onOver();
      });
    },
    end() {
      over?.cancel();
      over = undefined;
    },
  };
}
