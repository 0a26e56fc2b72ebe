import type { HistoryEvent, HistoryFinding, PaymentHistory } from './history.ts';
import {
  isFinal,
  paymentTransitions,
  sendableStatuses,
  type Evidence,
  type PaymentStatus,
} from './status.ts';

/** The evidence by which Drop concludes a status without a word of the bank's. The bank reports every other one. */
const concludedBy: Partial<Record<PaymentStatus, readonly Evidence[]>> = {
  unknown: ['initiation', 'poll', 'operator'],
  rejected: ['initiation'],
  expired: ['poll', 'operator'],
  failed: ['initiation', 'poll', 'operator'],
};

/** Judges the moves of a payment, and whether its row is where they led. */
export function validateMoves(history: PaymentHistory): HistoryFinding[] {
  const findings: HistoryFinding[] = [];
  let from: PaymentStatus = 'created';
  for (const event of movesOf(history)) {
    const at = { payment: history.id, event: event.id, detail: `${from} → ${event.status}` };
    if (!leadsTo(from, event.status))
      findings.push({ fault: isOver(from) ? 'final_left' : 'move_not_allowed', ...at });
    if (!isProven(event)) findings.push({ fault: 'unproven', ...at });
    from = event.status;
  }
  if (!isReached(history.status, from)) {
    const detail = `${from} → ${history.status}`;
    findings.push({ fault: 'status_changed', payment: history.id, detail });
  }
  return [...findings, ...sentAgain(history)];
}

/** The events that moved the payment. */
export function movesOf({ events }: PaymentHistory): HistoryEvent[] {
  return events.filter(({ outcome }) => outcome === 'moved');
}

/** Only the customer leads a payment out of `failed`. */
const isOver = (status: PaymentStatus): boolean => isFinal(status) && !sendableStatuses.includes(status);

/** The claim of a payment that may be sent is not an event, so that the status after it can follow at once. */
function leadsTo(from: PaymentStatus, to: PaymentStatus): boolean {
  if (to === 'initiating') return false;
  if (isStatus(from) && paymentTransitions[from].includes(to)) return true;
  return sendableStatuses.includes(from) && paymentTransitions.initiating.includes(to);
}

/** A row may hold any word, because a person with the password of the database can write it. */
const isStatus = (word: string): boolean => Object.hasOwn(paymentTransitions, word);

/** No bank reports that a payment did not reach it. */
function isProven({ status, evidence, wireStatus }: HistoryEvent): boolean {
  if (wireStatus !== undefined) return status !== 'failed';
  return concludedBy[status]?.includes(evidence) ?? false;
}

function isReached(status: PaymentStatus, last: PaymentStatus): boolean {
  return status === last || (status === 'initiating' && sendableStatuses.includes(last));
}

/** Times are those of several processes, whose clocks may differ by so much. */
const skewMsMax = 5_000;

/** Before the last claim, the payment may only have failed. */
function sentAgain(history: PaymentHistory): HistoryFinding[] {
  const claimedAt = history.initiatedAt;
  if (claimedAt === undefined) return [];
  const untilMs = claimedAt.getTime() - skewMsMax;
  const before = movesOf(history).find(
    ({ at, status }) => at.getTime() < untilMs && !sendableStatuses.includes(status),
  );
  if (!before) return [];
  const detail = `${before.status} → initiating`;
  return [{ fault: 'sent_again', payment: history.id, event: before.id, detail }];
}
