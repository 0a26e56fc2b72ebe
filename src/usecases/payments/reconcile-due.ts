import { boundedAskAgainMs } from '#domain/banking/next-step.ts';
import type { Scheduled } from '#domain/clock.ts';
import { isDropError } from '#domain/errors.ts';
import { conclusionWithoutReference } from '#domain/payment/conclusion.ts';
import { isLookUpDue, nextReadingMs } from '#domain/payment/reconciliation.ts';
import { withDeadline } from '#outbound/inherited-deadline.ts';
import { putOffReading, takeDuePayments, type DueOptions } from '#store/due-payments.ts';
import type { Payment } from '#store/payments.ts';
import type { UseCaseContext } from '../context.ts';
import { lookUpPayment } from './look-up.ts';
import { paymentInitiation, readBack } from './reconcile.ts';
import { concludePayment } from './report.ts';

const pollMs = 2_000;
/** Half of the concurrent calls to a provider: the other half is for customers who wait. */
const inHandMax = 16;
/**
 * For a bank whose last reading succeeded. Any other bank has one, so that banks that hang leave room for the others.
 */
const inHandMaxPerBank = 4;
const readingMsMax = 20_000;
/** Longer than a reading; shorter than the minute within which another process takes over from one that died. */
const leaseMs = 45_000;
/** A bank that hangs must not hold up the end of a process. */
const stopMsMax = 3_000;

/** Asks the banks about payments that are not over. Each process has one; they share the work through the database. */
export interface Reconciliation {
  /** Takes no more payments, and waits briefly for those in hand: another process takes the rest up. */
  stop(): Promise<void>;
}

/** Starts to read due payments every few seconds, for as long as the process lives. */
export function startReconciliation(context: UseCaseContext): Reconciliation {
  const hands = createHands(context);
  let poll: Scheduled | undefined;
  let taking: Promise<unknown> = Promise.resolve();
  function pollAgain(delayMs: number): void {
    poll = context.clock.schedule(delayMs, () => {
      taking = hands
        .takeWhileDue()
        .catch((error: unknown) => context.log('error', 'open payments could not be read', { error }));
      pollAgain(pollMs);
    });
  }
  pollAgain(0);
  return {
    async stop() {
      poll?.cancel();
      hands.close();
      await taking;
      const { promise: late, resolve } = Promise.withResolvers<undefined>();
      const limit = context.clock.schedule(stopMsMax, () => resolve(undefined));
      await Promise.race([hands.idle(), late]);
      limit.cancel();
    },
  };
}

/** Reads every payment that is due now, and resolves when all readings have ended. */
export async function reconcileDuePayments(context: UseCaseContext): Promise<void> {
  const hands = createHands(context);
  await hands.takeWhileDue();
  await hands.idle();
}

interface Hands {
  /** Takes due payments as far as there is room; each reading that ends makes room for the next. */
  takeWhileDue(): Promise<void>;
  idle(): Promise<void>;
  close(): void;
}

function createHands(context: UseCaseContext): Hands {
  const inHand = new Map<Promise<void>, Payment>();
  /** Banks whose last reading succeeded. */
  const answering = new Set<string>();
  let isClosed = false;
  let isAsked = false;
  let taking: Promise<void> | undefined;
  const hasRoom = (): boolean => !isClosed && inHand.size < inHandMax;

  function read(payment: Payment): void {
    const reading = readDue(context, payment).then((isRead) => {
      inHand.delete(reading);
      if (isRead) answering.add(bankKey(payment));
      else answering.delete(bankKey(payment));
      // The bank's next payments are taken at once. If taking them fails, the next poll reports it.
      takeWhileDue().catch(() => undefined);
    });
    inHand.set(reading, payment);
  }

  async function take(): Promise<void> {
    while (isAsked && hasRoom()) {
      isAsked = false;
      const payments = await takeDuePayments(context.store.database, context.clock.now(), {
        limit: inHandMax - inHand.size,
        perBankMax: inHandMaxPerBank,
        banks: knownBanks([...inHand.values()], answering),
        leaseMs,
      });
      for (const payment of payments) read(payment);
      if (payments.length > 0) isAsked = true;
    }
  }

  function takeWhileDue(): Promise<void> {
    isAsked = true;
    taking ??= take().finally(() => {
      taking = undefined;
      // A reading that ended at the last moment made room that nothing has looked at.
      if (isAsked && hasRoom()) takeWhileDue().catch(() => undefined);
    });
    return taking;
  }

  return {
    takeWhileDue,
    async idle() {
      while (inHand.size > 0 || taking) {
        await taking?.catch(() => undefined);
        await Promise.all(inHand.keys());
      }
    },
    close() {
      isClosed = true;
    },
  };
}

const bankKey = ({ provider, bankId }: Pick<Payment, 'provider' | 'bankId'>): string =>
  JSON.stringify([provider, bankId]);

/** The banks that have readings in progress or whose last reading succeeded. */
function knownBanks(inHand: readonly Payment[], answering: ReadonlySet<string>): DueOptions['banks'] {
  const counts = new Map<string, number>([...answering].map((bank) => [bank, 0]));
  for (const payment of inHand) counts.set(bankKey(payment), (counts.get(bankKey(payment)) ?? 0) + 1);
  return [...counts].map(([bank, count]) => {
    const [provider, bankId] = JSON.parse(bank) as [string, string];
    return { provider, bankId, inHand: count, answers: answering.has(bank) };
  });
}

/** Resolves with whether the bank could be asked. Never rejects: a payment that cannot be read now is read later. */
async function readDue(context: UseCaseContext, payment: Payment): Promise<boolean> {
  const failure = await withDeadline(readingMsMax, context.clock, () =>
    readOrConclude(context, payment),
  ).then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  if (failure) context.log('warn', 'a payment could not be read', { paymentId: payment.id, ...failure });
  const askedAt = context.clock.now();
  const wantedMs = payment.decoupledStep === undefined ? 0 : boundedAskAgainMs(payment.decoupledStep);
  const waitMs = retryAfterMs(failure?.error);
  const after = (delayMs: number): Date => new Date(askedAt.getTime() + delayMs);
  const dueAt = after(Math.max(waitMs, nextReadingMs(payment, askedAt), wantedMs));
  const waitUntil = waitMs === 0 ? undefined : after(waitMs);
  const put = { askedAt, waitUntil, dueAt };
  await putOffReading(context.store.database, payment, put).catch((error: unknown) => {
    // The payment becomes due again when its lease ends.
    context.log('warn', 'a payment could not be put off', { paymentId: payment.id, error });
  });
  return failure === undefined;
}

function retryAfterMs(error: unknown): number {
  return isDropError(error) ? (error.details.retryAfterMs ?? 0) : 0;
}

/**
 * Reads a payment. Where the provider's reference is missing, looks it up in its account, or concludes its status: that
 * nothing is found concludes nothing.
 */
async function readOrConclude(context: UseCaseContext, payment: Payment): Promise<void> {
  const evidence = payment.wantedAt === undefined ? 'poll' : 'operator';
  if (payment.reference !== undefined) return readBack(context, payment, evidence);
  if (mayBeInAccount(payment, context.clock.now()) && (await lookUpPayment(context, payment))) return;
  const { status, initiatedAt, createdAt, contradictedAt } = payment;
  const sinceMs = context.clock.now().getTime() - (initiatedAt ?? createdAt).getTime();
  const facts = { status, isContradicted: contradictedAt !== undefined, sinceMs };
  const provider = () => paymentInitiation(context, payment.provider);
  const concluded = conclusionWithoutReference(facts, provider);
  if (concluded !== undefined) await concludePayment(context, payment, { status: concluded, evidence });
}

/** An operator who asks does not wait for the next look-up. */
function mayBeInAccount(payment: Payment, now: Date): boolean {
  const isHandedOver = payment.status !== 'created' && payment.status !== 'initiating';
  return isHandedOver && (payment.wantedAt !== undefined || isLookUpDue(payment, now));
}
