import { describe, expect, test } from 'vitest';
import { eventOf, historyOf } from '../../../test/support/made-up-history.ts';
import type { HistoryEvent, PaymentFault, PaymentHistory } from './history.ts';
import type { PaymentStatus } from './status.ts';
import { validatePayment } from './validate-payment.ts';

const settledWays: PaymentStatus[] = ['awaiting_authorisation', 'settled'];
const contradiction = (differences: readonly string[]): HistoryEvent =>
  eventOf('processing', { id: '9', outcome: 'contradiction', differences });
const settledWith = (change: Partial<HistoryEvent>): PaymentHistory => {
  const { events } = historyOf(settledWays);
  const changed = events.map((event) => (event.status === 'settled' ? { ...event, ...change } : event));
  return historyOf(settledWays, { events: changed });
};

const broken: readonly (readonly [string, PaymentHistory, readonly PaymentFault[]])[] = [
  ['a move that skips what the table demands', historyOf(['unknown', 'unknown']), ['move_not_allowed']],
  ['a settled payment that goes back', historyOf(['settled', 'processing']), ['final_left', 'told_wrongly']],
  ['a settlement without a word of the bank', settledWith({ wireStatus: undefined }), ['unproven']],
  [
    'a settlement that was only concluded',
    settledWith({ wireStatus: undefined, evidence: 'poll' }),
    ['unproven'],
  ],
  [
    'a payment that expired at its initiation',
    historyOf(['expired'], { events: [eventOf('expired', { evidence: 'initiation' })] }),
    ['unproven'],
  ],
  [
    'a bank that reports that a payment did not reach it',
    historyOf(['failed'], { events: [eventOf('failed', { wireStatus: 'WORD' })] }),
    ['unproven'],
  ],
  [
    'a row beyond its last event',
    historyOf(settledWays, { status: 'rejected', settledAt: undefined }),
    ['status_changed', 'told_wrongly'],
  ],
  [
    'a row without the event that settled it',
    historyOf(['processing'], { status: 'settled', settledAt: new Date(0), told: [] }),
    ['status_changed'],
  ],
  [
    'a settled payment without a time of settlement',
    historyOf(settledWays, { settledAt: undefined }),
    ['settled_at_changed'],
  ],
  [
    'a time of settlement without one',
    historyOf(['processing'], { settledAt: new Date(0) }),
    ['settled_at_changed'],
  ],
  [
    'an order that is not the approved one',
    historyOf(settledWays, { orderHash: Buffer.alloc(32) }),
    ['order_changed'],
  ],
  ['a settlement of another order', settledWith({ differences: ['amount'] }), ['settled_otherwise']],
  [
    'a second payment at the bank that is not told',
    historyOf(['awaiting_authorisation'], {
      events: [...historyOf(['awaiting_authorisation']).events, contradiction(['second_payment'])],
    }),
    ['contradiction_lost'],
  ],
  [
    'an order that was handed over again while it was unknown',
    historyOf(['unknown'], { initiatedAt: new Date(60_000) }),
    ['sent_again'],
  ],
  ['an outcome that was not told', historyOf(settledWays, { told: [] }), ['not_told']],
  [
    'an outcome that was told twice',
    historyOf(settledWays, { told: ['payment_settled', 'payment_settled'] }),
    ['told_again'],
  ],
  [
    'an outcome that the payment does not have',
    historyOf(settledWays, { told: ['payment_settled', 'payment_rejected'] }),
    ['told_wrongly'],
  ],
  [
    'an attempt that failed and was not told',
    historyOf(['failed', 'failed'], { told: ['payment_failed'], initiatedAt: new Date(1_500) }),
    ['not_told'],
  ],
];

describe('is found:', () => {
  test.each(broken)('%s', (_name, history, faults) => {
    expect(validatePayment(history).map(({ fault }) => fault)).toEqual(faults);
  });
});

const sound: readonly (readonly [string, PaymentHistory])[] = [
  ['a new payment', historyOf([], { initiatedAt: undefined })],
  [
    'a claim by a process whose clock is ahead',
    historyOf(['awaiting_authorisation'], { initiatedAt: new Date(1_001) }),
  ],
  ['a payment in the hands of a process', historyOf([], { status: 'initiating' })],
  [
    'an attempt after one that failed',
    historyOf(['failed'], { status: 'initiating', initiatedAt: new Date(2_000) }),
  ],
  [
    'a settled payment whose bank denied it and then agreed',
    historyOf(settledWays, { events: [...historyOf(settledWays).events, contradiction([])] }),
  ],
  [
    'a payment that the customer called back',
    historyOf(['cancelled'], { events: [eventOf('cancelled', { evidence: 'customer' })], told: [] }),
  ],
  ['a payment that the customer put aside', historyOf(['expired'], { dismissedAt: new Date(0), told: [] })],
  ['an outcome whose messages are not kept any more', historyOf(settledWays, { told: undefined })],
  [
    'a payment that expired when an operator had it looked at',
    historyOf(['unknown', 'expired'], {
      events: [eventOf('unknown'), eventOf('expired', { evidence: 'operator' })],
    }),
  ],
];

describe('is no finding:', () => {
  test.each(sound)('%s', (_name, history) => {
    expect(validatePayment(history)).toEqual([]);
  });
});
