import { describe, expect, test } from 'vitest';
import { isFinal, paymentStatuses } from '#domain/payment/status.ts';
import { courseOf } from '#customer/payments/payment-course.ts';

type Known = Parameters<typeof courseOf>[0];
const at = '2026-11-30T12:00:00.000Z';
const payment = (known: Partial<Known>): Known => ({
  status: 'processing',
  reason: null,
  isContradicted: false,
  dismissedAt: null,
  timeline: [],
  ...known,
});

describe('the rail shows', () => {
  test('success for a settled payment and for no other', () => {
    for (const status of paymentStatuses)
      expect(courseOf(payment({ status })).at(-1) === 'done', status).toBe(status === 'settled');
  });

  test('a stop for every other end', () => {
    for (const status of paymentStatuses.filter((one) => isFinal(one) && one !== 'settled'))
      expect(courseOf(payment({ status })), status).toContain('stopped');
  });

  test('a rejection where the payment was: before the approval, or at the bank', () => {
    const approved = [{ status: 'authorised' as const, at }];
    expect(courseOf(payment({ status: 'rejected' }))).toEqual(['stopped', 'ahead', 'ahead']);
    expect(courseOf(payment({ status: 'rejected', timeline: approved }))).toEqual([
      'done',
      'stopped',
      'ahead',
    ]);
  });

  test('doubt for an unknown payment, and for a settled one that the bank contradicts', () => {
    const timeline = [{ status: 'settled' as const, at }];
    expect(courseOf(payment({ status: 'unknown' }))).toEqual(['unknown', 'ahead', 'ahead']);
    expect(courseOf(payment({ status: 'settled', isContradicted: true, timeline }))).toEqual([
      'done',
      'unknown',
      'ahead',
    ]);
  });

  test('waiting at the bank for money, and no step back from it', () => {
    expect(courseOf(payment({ reason: 'insufficient_funds' }))).toEqual(['done', 'waits', 'ahead']);
  });

  test('a payment that the customer put aside as stopped', () => {
    const aside = payment({ status: 'awaiting_authorisation', dismissedAt: at });
    expect(courseOf(aside)).toEqual(['stopped', 'ahead', 'ahead']);
  });
});
