import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eventOf, historyOf } from '../../../test/support/made-up-history.ts';
import type { HistoryEvent, PaymentFault, PaymentHistory } from './history.ts';
import {
  isFinal,
  movePayment,
  paymentStatuses,
  paymentTransitions,
  sendableStatuses,
  type PaymentStatus,
  type ReportedStatus,
} from './status.ts';
import { validatePayment } from './validate-payment.ts';
import { noticeOf } from './validate-told.ts';

const faultsOf = (history: PaymentHistory): PaymentFault[] =>
  validatePayment(history).map(({ fault }) => fault);

/** The shortest way from `created` to each status, as events: a claim is none. */
function wayTo(status: PaymentStatus): PaymentStatus[] {
  switch (status) {
    case 'created':
    case 'initiating':
      return [];
    case 'authorised':
    case 'scheduled':
    case 'processing':
    case 'settled':
      return ['awaiting_authorisation', status];
    case 'unknown':
    case 'awaiting_authorisation':
    case 'rejected':
    case 'cancelled':
    case 'expired':
    case 'failed':
      return [status];
  }
}

/** A history as the production code writes it: attempts that fail, and then what the bank reports of the last. */
function lived({
  failures,
  reports,
}: {
  failures: number;
  reports: readonly ReportedStatus[];
}): PaymentHistory {
  const passed: PaymentStatus[] = Array.from({ length: failures }, () => 'failed');
  const events: HistoryEvent[] = [...historyOf(passed).events];
  let status: PaymentStatus = 'initiating';
  for (const reported of reports) {
    const move = movePayment(status, reported);
    const seen = {
      id: String(events.length + 1),
      at: new Date(1_000 * (events.length + 1)),
      wireStatus: 'WORD',
    };
    if (move.kind === 'contradiction') events.push(eventOf(reported, { ...seen, outcome: 'contradiction' }));
    if (move.kind !== 'moved') continue;
    events.push(eventOf(move.to, seen));
    passed.push((status = move.to));
  }
  const isContradicted = events.some(({ outcome }) => outcome === 'contradiction');
  const initiatedAt = new Date(1_000 * failures + 500);
  const settledAt = status === 'settled' ? new Date(0) : undefined;
  return historyOf(passed, { status, events, isContradicted, initiatedAt, settledAt });
}

const reported = paymentStatuses.filter(
  (status): status is ReportedStatus => !['created', 'initiating', 'failed'].includes(status),
);

describe('the laws of the validator', () => {
  test('nothing is found in what reports in any order lead to, after any number of attempts that failed', () => {
    const lives = fc.record({
      failures: fc.integer({ min: 0, max: 3 }),
      reports: fc.array(fc.constantFrom(...reported), { maxLength: 12 }),
    });
    fc.assert(
      fc.property(lives, (life) => {
        expect(validatePayment(lived(life))).toEqual([]);
      }),
    );
  });

  test('of all moves between two statuses, those that the table does not have are found', () => {
    for (const from of paymentStatuses)
      for (const to of paymentStatuses) {
        const isSendable = sendableStatuses.includes(from) && paymentTransitions.initiating.includes(to);
        const isAllowed = paymentTransitions[from].includes(to) || isSendable || from === 'initiating';
        const found = faultsOf(historyOf([...wayTo(from), to]));
        const hasMoved = found.some((fault) => fault === 'move_not_allowed' || fault === 'final_left');
        expect(hasMoved, `${from} to ${to}`).toBe(!(isAllowed && to !== 'initiating' && to !== 'created'));
      }
  });

  test('a word that is no status is found, and what follows it', () => {
    const word = 'paid' as PaymentStatus;
    expect(faultsOf(historyOf(['awaiting_authorisation', word, 'settled']))).toContain('move_not_allowed');
    expect(faultsOf(historyOf([word]))).toContain('move_not_allowed');
  });

  test('a move out of a final status is found as such, also where the same report came before', () => {
    const finals = paymentStatuses.filter((status) => isFinal(status) && status !== 'failed');
    const others = fc.constantFrom(...paymentStatuses.filter((status) => status !== 'created'));
    fc.assert(
      fc.property(fc.constantFrom(...finals), others, (final, next) => {
        expect(faultsOf(historyOf([...wayTo(final), next]))).toContain('final_left');
      }),
    );
  });

  test('each outcome is told exactly once, whatever the app says else', () => {
    const codes = paymentStatuses.flatMap((status) => noticeOf(status) ?? []);
    fc.assert(
      fc.property(
        fc.constantFrom<PaymentStatus>('settled', 'rejected', 'expired', 'processing'),
        fc.array(fc.constantFrom(...codes), { maxLength: 3 }),
        (status, told) => {
          const history = historyOf(wayTo(status), { told });
          const due = [noticeOf(status)].filter((code) => code !== undefined);
          const isRight = told.length === due.length && told.every((code) => code === due[0]);
          expect(validatePayment(history).length === 0).toBe(isRight);
        },
      ),
    );
  });

  test('a finding holds ids and fixed words, and nothing of the order', () => {
    const history = historyOf(['settled', 'rejected'], { orderHash: Buffer.alloc(32) });
    const text = JSON.stringify(validatePayment(history));
    const { order } = history;
    for (const kept of [order.creditorName, order.creditorAccountNumber, order.debtorAccountNumber, '12500'])
      expect(text).not.toContain(kept);
  });
});
