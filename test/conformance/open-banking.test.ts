import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isAccountNumber } from '#domain/banking/account-number.ts';
import { endToEndIdOf } from '#domain/payment/end-to-end-id.ts';
import { differencesOf, type PaymentOrder } from '#domain/payment/order.ts';
import type {
  AccountInformation,
  PaymentInitiation,
  PaymentKey,
  PaymentRequest,
} from '#services/open-banking/service.ts';
import type { EmulatedStack, OpenBankingStack } from './open-banking-stack.ts';
import {
  attended,
  bankIdAt,
  bankNames,
  buttons,
  capability,
  consent,
  consentRequest,
  dayMs,
  dropError,
  accountKeyOf,
  completeWith,
  consentEnd,
  consentKeyOf,
  firstAccount,
  identityOf,
  kroner,
  paymentBankIdAt,
  paymentKeyOf,
  paymentRequest,
  subjects,
} from './open-banking-subjects.ts';
import { redirectUrlOf } from '#domain/banking/next-step.ts';
import { paymentKey } from '../support/provider-keys.ts';

/**
 * The suites of the two contracts of open banking, run over every provider's mock and over its production client on its
 * emulator. What a customer answers at the bank is a button there; a mock has no bank, so there the order says it.
 */

describe.each(subjects)('account information: $name', (subject) => {
  const { start, callbacks } = subject;
  let stack: OpenBankingStack;
  let ais: AccountInformation;
  let bankId: string;

  beforeEach(async () => {
    stack = await start();
    ais = capability(stack.provider.ais);
    bankId = await bankIdAt(ais);
  });
  afterEach(() => stack.close());

  test('lists the banks, each with what it can do and for how long it consents', async () => {
    const banks = await ais.listBanks();
    const names = banks.map(({ name }) => name);
    const offered = bankNames.filter((name) => !subject.absentBanks.includes(name));
    expect(names).toEqual(expect.arrayContaining(offered));
    for (const absent of subject.absentBanks) expect(names).not.toContain(absent);
    for (const bank of banks) {
      expect(bank).toMatchObject({ readsBalances: true, paymentBankId: expect.any(String) });
      expect(bank.maximumConsentValiditySeconds).toBeGreaterThan(86_400);
    }
  });

  test('recognises the return from a consent, by the state that was given or by its own reference', async () => {
    const { parameters, request, reference } = await consent(stack, bankId);
    const ownNames = [{ state: request.state }, { reference }];
    expect(ownNames).toContainEqual(identityOf(stack.provider, parameters));
  });

  test('grants a consent that is active until a time in the future, at most 180 days away', async () => {
    const { complete } = await consent(stack, bankId);
    const grant = await complete();
    const now = stack.clock.now().getTime();
    expect(grant.validUntil.getTime()).toBeGreaterThan(now);
    expect(grant.validUntil.getTime()).toBeLessThanOrEqual(now + 180 * dayMs);
    expect(await ais.readConsent(consentKeyOf(grant))).toMatchObject({ kind: 'active' });
  });

  test('names the bank that granted the consent', async () => {
    const { complete } = await consent(stack, bankId);
    expect((await complete()).bankId).toBe(bankId);
  });

  test('grants accounts with valid account numbers', async () => {
    const { complete } = await consent(stack, bankId);
    const { accounts } = await complete();
    expect(accounts).toHaveLength(2);
    for (const { accountNumber, currency } of accounts) {
      expect(isAccountNumber(accountNumber ?? '')).toBe(true);
      expect(currency).toBe('NOK');
    }
  });

  test('gives an account the same identity and another reference in the next consent', async () => {
    const before = firstAccount(await (await consent(stack, bankId)).complete());
    const after = firstAccount(await (await consent(stack, bankId)).complete());
    expect(after.identity).toBe(before.identity);
    expect(after.reference).not.toBe(before.reference);
  });

  test('reads an available balance in whole øre', async () => {
    const account = accountKeyOf(await (await consent(stack, bankId)).complete());
    const balance = await ais.readBalance(account, attended);
    expect(balance).toMatchObject({ kind: 'available', money: { currency: 'NOK' } });
    expect(Number.isSafeInteger(balance.money.amount)).toBe(true);
  });

  test('reads a balance without the customer', async () => {
    const account = accountKeyOf(await (await consent(stack, bankId)).complete());
    expect(await ais.readBalance(account, { kind: 'unattended' })).toMatchObject({
      kind: 'available',
    });
  });

  test('does not know a bank that is not there', async () => {
    await expect(ais.startConsent(consentRequest('Ingen Bank'), attended)).rejects.toEqual(
      dropError('bank_unknown'),
    );
  });

  test('calls a consent that the customer declined cancelled', async () => {
    const parameters = new URLSearchParams({ ...callbacks.declined, state: randomUUID() });
    await expect(completeWith(stack, parameters)).rejects.toEqual(dropError('consent_cancelled'));
  });

  test.runIf(subject.redeemsCodes)('takes a code once, and not for another consent', async () => {
    const { complete, parameters } = await consent(stack, bankId);
    await complete();
    await expect(completeWith(stack, parameters)).rejects.toEqual(dropError('consent_failed'));
  });

  test('refuses a code that was never given', async () => {
    const parameters = new URLSearchParams({ ...callbacks.unknownCode, state: randomUUID() });
    await expect(completeWith(stack, parameters)).rejects.toEqual(dropError('consent_failed'));
  });

  test('refuses a callback with neither code nor error', async () => {
    await expect(completeWith(stack, new URLSearchParams())).rejects.toEqual(dropError('consent_failed'));
  });

  test.each([
    ['an hour', 3_600_000],
    ['89 days', 89 * dayMs],
  ])('reads an account %s after the consent', async (_time, durationMs) => {
    const grant = await (await consent(stack, bankId)).complete();
    await stack.pass(durationMs);
    expect(await ais.readBalance(accountKeyOf(grant), attended)).toMatchObject({ kind: 'available' });
    expect(await ais.readConsent(consentKeyOf(grant))).toMatchObject({ kind: 'active' });
  });

  test('reads nothing once the consent has expired', async () => {
    const grant = await (await consent(stack, bankId)).complete();
    await stack.pass(181 * dayMs);
    const { error, reading } = consentEnd(subject, 'expired');
    await expect(ais.readBalance(accountKeyOf(grant), attended)).rejects.toEqual(error);
    expect(await ais.readConsent(consentKeyOf(grant))).toEqual(reading);
  });

  test('reads nothing once the consent was revoked', async () => {
    const grant = await (await consent(stack, bankId)).complete();
    await ais.revokeConsent(consentKeyOf(grant));
    const { error, reading } = consentEnd(subject, 'revoked');
    await expect(ais.readBalance(accountKeyOf(grant), attended)).rejects.toEqual(error);
    expect(await ais.readConsent(consentKeyOf(grant))).toEqual(reading);
  });

  test('ends a consent that has ended without complaint', async () => {
    const grant = await (await consent(stack, bankId)).complete();
    await ais.revokeConsent(consentKeyOf(grant));
    await expect(ais.revokeConsent(consentKeyOf(grant))).resolves.toBeUndefined();
  });

  test('does not know an account that it did not grant', async () => {
    const grant = await (await consent(stack, bankId)).complete();
    const { reference } = firstAccount(grant);
    const other = reference.replace(/^[0-9a-f]/, (digit) => (digit === '0' ? '1' : '0'));
    await expect(ais.readBalance({ ...accountKeyOf(grant), reference: other }, attended)).rejects.toEqual(
      dropError('account_unknown'),
    );
  });
});

describe.each(subjects)('payment initiation: $name', (subject) => {
  const { start, orders, wireStatuses, callbacks } = subject;
  let stack: OpenBankingStack;
  let pis: PaymentInitiation;
  let bankId: string;
  let accountBankId: string;
  let debtorAccountNumber: string;

  beforeEach(async () => {
    stack = await start();
    pis = capability(stack.provider.pis);
    const ais = capability(stack.provider.ais);
    bankId = await paymentBankIdAt(ais);
    accountBankId = await bankIdAt(ais);
    const grant = await (await consent(stack, accountBankId)).complete();
    debtorAccountNumber = firstAccount(grant).accountNumber ?? '';
  });
  afterEach(() => stack.close());

  function requestOf(kind: keyof typeof buttons, order: Partial<PaymentOrder> = {}): PaymentRequest {
    const webhookUrl = 'webhookUrl' in stack ? (stack as EmulatedStack).webhookUrl : undefined;
    return paymentRequest(bankId, { debtorAccountNumber, ...orders[kind], ...order }, webhookUrl);
  }

  async function pay(kind: keyof typeof buttons): Promise<PaymentKey> {
    const request = requestOf(kind);
    const { reference, next } = await pis.initiatePayment(request, attended);
    await stack.visit(redirectUrlOf(next), buttons[kind]);
    return paymentKeyOf(request, reference);
  }

  test('initiates a payment that waits for the customer', async () => {
    const request = requestOf('settled');
    const report = await pis.initiatePayment(request, attended);
    expect(report).toMatchObject({ status: 'awaiting_authorisation', creditorCredited: false });
    expect(await pis.readPayment(paymentKeyOf(request, report.reference))).toMatchObject({
      status: 'awaiting_authorisation',
    });
  });

  test('recognises the return from an approved payment, which says no more than is documented', async () => {
    const request = requestOf('settled');
    const { next, reference } = await pis.initiatePayment(request, attended);
    const parameters = await stack.visit(redirectUrlOf(next), 'approve');
    const ownNames = [{ state: request.state }, { reference }];
    expect(ownNames).toContainEqual(identityOf(stack.provider, parameters));
    const others = [...parameters].filter(([, value]) => ![request.state, reference].includes(value));
    expect(Object.fromEntries(others)).toEqual(callbacks.approvedPayment);
  });

  test('settles a payment that the customer approved', async () => {
    const payment = await pay('settled');
    await stack.pass(5_000);
    expect(await pis.readPayment(payment)).toMatchObject({
      status: 'settled',
      wireStatus: wireStatuses.settled,
    });
  });

  test('takes the money from the account', async () => {
    const ais = capability(stack.provider.ais);
    const account = accountKeyOf(await (await consent(stack, accountBankId)).complete());
    const before = await ais.readBalance(account, attended);
    await pay('settled');
    await stack.pass(5_000);
    const after = await ais.readBalance(account, attended);
    expect(before.money.amount - after.money.amount).toBe(12_550);
  });

  test('says what was ordered, to be compared with what was approved', async () => {
    const request = requestOf('settled');
    const { reference } = await pis.initiatePayment(request, attended);
    const report = await pis.readPayment(paymentKeyOf(request, reference));
    expect(report.reference).toBe(reference);
    expect(differencesOf({ ...request.order, id: request.paymentId }, report.order)).toEqual([]);
    expect(report.order).toMatchObject({
      kind: 'read',
      order: { money: kroner(12_550), creditorAccountNumber: '95360573002', debtorAccountNumber },
    });
  });

  test.runIf(subject.returnsEndToEndIds)(
    'gives back the end-to-end identification, by which a payment without an answer is recognised',
    async () => {
      const request = requestOf('settled');
      const { reference } = await pis.initiatePayment(request, attended);
      const { order } = await pis.readPayment(paymentKeyOf(request, reference));
      expect(order).toMatchObject({ kind: 'read', order: { endToEndId: endToEndIdOf(request.paymentId) } });
    },
  );

  test('pays with a KID', async () => {
    const request = requestOf('settled', { remittance: { kind: 'kid', kid: '1234567897' } });
    const { reference, next } = await pis.initiatePayment(request, attended);
    await stack.visit(redirectUrlOf(next), 'approve');
    await stack.pass(5_000);
    expect(await pis.readPayment(paymentKeyOf(request, reference))).toMatchObject({ status: 'settled' });
  });

  test.runIf(subject.webhookProof !== 'none')('hints that the payment changed', async () => {
    const payment = await pay('settled');
    await stack.pass(5_000);
    expect(stack.hints).toContainEqual({
      provider: stack.provider.id,
      reference: payment.reference,
    });
  });

  test('reports a payment that the bank rejected', async () => {
    const payment = await pay('rejected');
    await stack.pass(5_000);
    expect(await pis.readPayment(payment)).toMatchObject({
      status: 'rejected',
      wireStatus: wireStatuses.rejected,
    });
  });

  test('reports a payment that the customer cancelled at the bank', async () => {
    const payment = await pay('cancelled');
    await stack.pass(5_000);
    expect(await pis.readPayment(payment)).toMatchObject({ status: 'cancelled' });
  });

  test('reports a payment for which there was too little money, with the reason', async () => {
    const payment = await pay('too_large');
    await stack.pass(5_000);
    expect(await pis.readPayment(payment)).toMatchObject({
      status: 'rejected',
      ...(subject.tellsPaymentReasons && { reasonCode: 'AM04' }),
    });
  });

  test.each([
    ['an hour', 3_600_000],
    ['89 days', 89 * dayMs],
  ])('reads a payment %s after it was settled', async (_time, durationMs) => {
    const payment = await pay('settled');
    await stack.pass(5_000);
    await stack.pass(durationMs);
    expect(await pis.readPayment(payment)).toMatchObject({ status: 'settled' });
  });

  test('does not know a payment that was never made', async () => {
    await expect(pis.readPayment(paymentKey(randomUUID(), bankId))).rejects.toEqual(
      dropError('payment_unknown'),
    );
  });

  test('does not know a bank that is not there, and sends nothing', async () => {
    const request = { ...requestOf('settled'), bankId: 'Ingen Bank' };
    await expect(pis.initiatePayment(request, attended)).rejects.toEqual(
      dropError('bank_unknown', 'not_sent'),
    );
  });
});
