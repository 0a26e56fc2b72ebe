import { bankDayFrom, dayAfter } from '#domain/banking/bank-days.ts';
import { startOfOsloDay } from '#domain/oslo-time.ts';
import { usualMs, usualMsMin } from '#domain/payment/usual-time.ts';
import {
  paymentsOpenSince,
  settlementTimes,
  unknownPayments,
  type OpenPayment,
} from '#store/watched-payments.ts';
import { holdConditions, type ConditionContext, type Found } from '../alerts/conditions.ts';

/** The oldest payments, which an alert names. */
const idsMax = 5;
const historyMs = 30 * 86_400_000;

/** Alerts for each bank with payments of unknown outcome. */
export async function watchUnknownPayments(context: ConditionContext): Promise<void> {
  const unknown = await unknownPayments(context.store.database);
  const found = unknown.map(({ bankId, ...parameters }) => {
    return { subject: subjectOf({ ...parameters, bankId }), parameters };
  });
  await holdConditions(context, 'payment_outcome_unknown', { found });
}

/**
 * Alerts for each bank with payments that are open for longer than is usual there. The usual time is read only when a
 * payment has been open for the least that can be unusual.
 */
export async function watchOverduePayments(context: ConditionContext): Promise<void> {
  const { store, clock } = context;
  const nowMs = clock.now().getTime();
  const candidates = await paymentsOpenSince(store.database, new Date(nowMs - usualMsMin));
  const open = candidates.map(sinceItsBankDay);
  const limits = open.length === 0 ? new Map<string, number>() : await limitsOf(context, nowMs);
  const banks = Map.groupBy(open, subjectOf);
  const found = [...banks].flatMap(([subject, payments]) => {
    const limitMs = limits.get(subject) ?? usualMs({ settled: 0, p95Ms: 0 });
    const overdue = payments.filter(({ since }) => nowMs - since.getTime() > limitMs);
    return overdue.length === 0 ? [] : [overdueAt(subject, { overdue, limitMs, nowMs })];
  });
  await holdConditions(context, 'payment_overdue', { found });
}

/** An order for a day on which banks are closed is carried out on the next one on which they are open. */
function sinceItsBankDay(payment: OpenPayment): OpenPayment {
  const { executionDate, since } = payment;
  if (executionDate === null || bankDayFrom(executionDate) === executionDate) return payment;
  const over = startOfOsloDay(dayAfter(bankDayFrom(executionDate)));
  return { ...payment, since: new Date(Math.max(over.getTime(), since.getTime())) };
}

async function limitsOf({ store }: ConditionContext, nowMs: number): Promise<Map<string, number>> {
  const times = await settlementTimes(store.maintenance, new Date(nowMs - historyMs));
  return new Map(times.map((bank) => [subjectOf(bank), usualMs(bank)]));
}

interface Overdue {
  /** The oldest first. */
  overdue: readonly OpenPayment[];
  limitMs: number;
  nowMs: number;
}

function overdueAt(subject: string, { overdue, limitMs, nowMs }: Overdue): Found<'payment_overdue'> {
  const ages = overdue.map(({ since }) => nowMs - since.getTime());
  const { provider = '', bank = '' } = overdue[0] ?? {};
  return {
    subject,
    parameters: {
      provider,
      bank,
      payments: overdue.length,
      customers: new Set(overdue.map(({ userId }) => userId)).size,
      ids: overdue.slice(0, idsMax).map(({ id }) => id),
      oldestMinutes: minutesOf(Math.max(...ages)),
      usualMinutes: minutesOf(limitMs),
    },
  };
}

function minutesOf(durationMs: number): number {
  return Math.round(durationMs / 60_000);
}

function subjectOf({ provider, bankId }: { provider: string; bankId: string }): string {
  return `${provider} ${bankId}`;
}
