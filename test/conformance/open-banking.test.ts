import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isAccountNumber } from '#domain/account-number.ts';
import type { ErrorCode, Outcome } from '#domain/errors.ts';
import type { PaymentOrder } from '#domain/payment.ts';
import { openBankingProviders, type ProviderId } from '#services/open-banking/providers.ts';
import type {
  AccountInformation,
  AttendedAccess,
  ConsentGrant,
  ConsentRequest,
  PaymentInitiation,
  PaymentRequest,
} from '#services/open-banking/service.ts';
import {
  callbackUrl,
  startEmulated,
  startMock,
  type EmulatedStack,
  type OpenBankingStack,
} from './open-banking-stack.ts';

/**
 * The suites of the two contracts of open banking, run over every provider's mock and over its production client on its
 * emulator. What a customer answers at the bank is a button there; a mock has no bank, so there the order says it.
 */

/** How each provider's emulator and client name what the faults strike. */
const operationNames: Record<ProviderId, Record<'redeemCode' | 'readBalance' | 'initiate', string>> = {
  'enable-banking': {
    redeemCode: 'authorize_session',
    readBalance: 'get_balances',
    initiate: 'create_payment',
  },
};

const dayMs = 86_400_000;
const attended: AttendedAccess = { kind: 'attended', ipAddress: '192.0.2.7', userAgent: 'Conformance/1.0' };

interface Subject {
  name: string;
  bankId: string;
  start: () => Promise<OpenBankingStack>;
  /** An order that ends so, and the button that makes it, where there are buttons. */
  orders: Record<'settled' | 'rejected' | 'cancelled' | 'too_large', Partial<PaymentOrder>>;
}

const kroner = (amount: number): PaymentOrder['money'] => ({ amount, currency: 'NOK' });
const tooLarge = { money: kroner(99_000_000) };

const subjects: Subject[] = openBankingProviders.flatMap((definition) => [
  {
    name: `${definition.displayName}, mock`,
    bankId: 'DNB',
    start: () => startMock(definition),
    orders: {
      settled: {},
      rejected: { creditorName: 'Avvist AS' },
      cancelled: { money: kroner(10_013) },
      too_large: tooLarge,
    },
  },
  {
    name: `${definition.displayName}, client on emulator`,
    bankId: 'DNB',
    start: () => startEmulated(definition),
    orders: { settled: {}, rejected: {}, cancelled: {}, too_large: tooLarge },
  },
]);

const buttons = { settled: 'approve', rejected: 'reject', cancelled: 'cancel', too_large: 'approve' };

const consentRequest = (bankId: string): ConsentRequest => ({
  bankId,
  state: randomUUID(),
  redirectUri: callbackUrl,
  customerId: 'customer-1',
  locale: 'nb',
});

function paymentRequest(
  bankId: string,
  order: Partial<PaymentOrder>,
  webhookUrl: string | undefined,
): PaymentRequest {
  return {
    bankId,
    order: {
      money: kroner(12_550),
      debtorAccountNumber: '12345678903',
      creditorName: 'Nordlys Strøm AS',
      creditorAccountNumber: '95360573002',
      remittance: { kind: 'text', text: 'Faktura 42' },
      ...order,
    },
    paymentId: randomUUID(),
    state: randomUUID(),
    redirectUri: callbackUrl,
    webhookUrl,
    customerId: 'customer-1',
    locale: 'nb',
  };
}

/** A thrown `DropError` of `code`, and of `outcome` where it matters. */
const dropError = (code: ErrorCode, outcome?: Outcome): unknown =>
  expect.objectContaining({ code, ...(outcome && { details: expect.objectContaining({ outcome }) }) });

function capability<Capability>(value: Capability | undefined): Capability {
  expect(value).toBeDefined();
  return value as Capability;
}

async function consent(
  stack: OpenBankingStack,
  bankId: string,
  choice = 'approve',
): Promise<{ parameters: URLSearchParams; request: ConsentRequest; complete: () => Promise<ConsentGrant> }> {
  const ais = capability(stack.provider.ais);
  const request = consentRequest(bankId);
  const { redirectUrl } = await ais.startConsent(request, attended);
  const parameters = await stack.visit(redirectUrl, choice);
  return { parameters, request, complete: () => ais.completeConsent(parameters, attended) };
}

function firstAccount(grant: ConsentGrant): ConsentGrant['accounts'][number] {
  return capability(grant.accounts[0]);
}

describe.each(subjects)('account information: $name', ({ start, bankId }) => {
  let stack: OpenBankingStack;
  let ais: AccountInformation;

  beforeEach(async () => {
    stack = await start();
    ais = capability(stack.provider.ais);
  });
  afterEach(() => stack.close());

  test('lists the banks, each with what it can do and for how long it consents', async () => {
    const banks = await ais.listBanks();
    expect(banks.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['DNB', 'Nordea', 'Handelsbanken', 'SpareBank 1', 'Sbanken (DNB)']),
    );
    for (const bank of banks) {
      expect(bank).toMatchObject({ readsBalances: true, initiatesPayments: true });
      expect(bank.maximumConsentValiditySeconds).toBeGreaterThan(86_400);
    }
  });

  test('hands the state back as it was given', async () => {
    const { parameters, request } = await consent(stack, bankId);
    expect(parameters.get('state')).toBe(request.state);
  });

  test('grants a consent that is active until a time in the future, at most 180 days away', async () => {
    const { complete } = await consent(stack, bankId);
    const grant = await complete();
    const now = stack.clock.now().getTime();
    expect(grant.validUntil.getTime()).toBeGreaterThan(now);
    expect(grant.validUntil.getTime()).toBeLessThanOrEqual(now + 180 * dayMs);
    expect(await ais.readConsent(grant.reference)).toMatchObject({ status: 'active' });
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
    const account = firstAccount(await (await consent(stack, bankId)).complete());
    const balance = await ais.readBalance(account.reference, attended);
    expect(balance).toMatchObject({ kind: 'available', money: { currency: 'NOK' } });
    expect(Number.isSafeInteger(balance.money.amount)).toBe(true);
  });

  test('reads a balance without the customer', async () => {
    const account = firstAccount(await (await consent(stack, bankId)).complete());
    expect(await ais.readBalance(account.reference, { kind: 'unattended' })).toMatchObject({
      kind: 'available',
    });
  });

  test('does not know a bank that is not there', async () => {
    await expect(ais.startConsent(consentRequest('Ingen Bank'), attended)).rejects.toEqual(
      dropError('bank_unknown'),
    );
  });

  test('calls a consent that the customer declined cancelled', async () => {
    const parameters = new URLSearchParams({ error: 'access_denied', state: randomUUID() });
    await expect(ais.completeConsent(parameters, attended)).rejects.toEqual(dropError('consent_cancelled'));
  });

  test('takes a code once', async () => {
    const { complete } = await consent(stack, bankId);
    await complete();
    await expect(complete()).rejects.toEqual(dropError('consent_failed'));
  });

  test('refuses a code that was never given', async () => {
    const parameters = new URLSearchParams({ code: randomUUID(), state: randomUUID() });
    await expect(ais.completeConsent(parameters, attended)).rejects.toEqual(dropError('consent_failed'));
  });

  test('refuses a callback with neither code nor error', async () => {
    await expect(ais.completeConsent(new URLSearchParams(), attended)).rejects.toEqual(
      dropError('consent_failed'),
    );
  });

  test('reads nothing once the consent has expired', async () => {
    const grant = await (await consent(stack, bankId)).complete();
    await stack.pass(181 * dayMs);
    await expect(ais.readBalance(firstAccount(grant).reference, attended)).rejects.toEqual(
      dropError('consent_expired'),
    );
    expect(await ais.readConsent(grant.reference)).toMatchObject({ status: 'expired' });
  });

  test('reads nothing once the consent was revoked', async () => {
    const grant = await (await consent(stack, bankId)).complete();
    await ais.revokeConsent(grant.reference);
    await expect(ais.readBalance(firstAccount(grant).reference, attended)).rejects.toEqual(
      dropError('consent_revoked'),
    );
    expect(await ais.readConsent(grant.reference)).toMatchObject({ status: 'revoked' });
  });

  test('ends a consent that has ended without complaint', async () => {
    const grant = await (await consent(stack, bankId)).complete();
    await ais.revokeConsent(grant.reference);
    await expect(ais.revokeConsent(grant.reference)).resolves.toBeUndefined();
  });

  test('does not know an account that it did not grant', async () => {
    const { reference } = firstAccount(await (await consent(stack, bankId)).complete());
    const other = reference.replace(/^[0-9a-f]/, (digit) => (digit === '0' ? '1' : '0'));
    await expect(ais.readBalance(other, attended)).rejects.toEqual(dropError('account_unknown'));
  });
});

describe.each(subjects)('payment initiation: $name', ({ start, bankId, orders }) => {
  let stack: OpenBankingStack;
  let pis: PaymentInitiation;
  let debtorAccountNumber: string;

  beforeEach(async () => {
    stack = await start();
    pis = capability(stack.provider.pis);
    const grant = await (await consent(stack, bankId)).complete();
    debtorAccountNumber = firstAccount(grant).accountNumber ?? '';
  });
  afterEach(() => stack.close());

  function requestOf(kind: keyof typeof buttons, order: Partial<PaymentOrder> = {}): PaymentRequest {
    const webhookUrl = 'webhookUrl' in stack ? (stack as EmulatedStack).webhookUrl : undefined;
    return paymentRequest(bankId, { debtorAccountNumber, ...orders[kind], ...order }, webhookUrl);
  }

  async function pay(
    kind: keyof typeof buttons,
  ): Promise<{ reference: string; parameters: URLSearchParams }> {
    const { reference, redirectUrl } = await pis.initiatePayment(requestOf(kind), attended);
    return { reference, parameters: await stack.visit(redirectUrl, buttons[kind]) };
  }

  test('initiates a payment that waits for the customer', async () => {
    const report = await pis.initiatePayment(requestOf('settled'), attended);
    expect(report).toMatchObject({ status: 'awaiting_authorisation', creditorCredited: false });
    expect(await pis.readPayment(report.reference)).toMatchObject({ status: 'awaiting_authorisation' });
  });

  test('hands the state back, and no more, from an approved payment', async () => {
    const request = requestOf('settled');
    const { redirectUrl } = await pis.initiatePayment(request, attended);
    const parameters = await stack.visit(redirectUrl, 'approve');
    expect([...parameters]).toEqual([['state', request.state]]);
  });

  test('settles a payment that the customer approved', async () => {
    const { reference } = await pay('settled');
    await stack.pass(5_000);
    expect(await pis.readPayment(reference)).toMatchObject({ status: 'settled', wireStatus: 'ACSC' });
  });

  test('takes the money from the account', async () => {
    const ais = capability(stack.provider.ais);
    const account = firstAccount(await (await consent(stack, bankId)).complete());
    const before = await ais.readBalance(account.reference, attended);
    await pay('settled');
    await stack.pass(5_000);
    const after = await ais.readBalance(account.reference, attended);
    expect(before.money.amount - after.money.amount).toBe(12_550);
  });

  test('says what was ordered, to be compared with what was approved', async () => {
    const { reference } = await pis.initiatePayment(requestOf('settled'), attended);
    expect((await pis.readPayment(reference)).order).toEqual({
      money: kroner(12_550),
      creditorAccountNumber: '95360573002',
    });
  });

  test('pays with a KID', async () => {
    const request = requestOf('settled', { remittance: { kind: 'kid', kid: '1234567897' } });
    const { reference, redirectUrl } = await pis.initiatePayment(request, attended);
    await stack.visit(redirectUrl, 'approve');
    await stack.pass(5_000);
    expect(await pis.readPayment(reference)).toMatchObject({ status: 'settled' });
  });

  test('hints that the payment changed', async () => {
    const { reference } = await pay('settled');
    await stack.pass(5_000);
    expect(stack.hints).toContainEqual({ provider: stack.provider.id, reference });
  });

  test('reports a payment that the bank rejected', async () => {
    const { reference } = await pay('rejected');
    await stack.pass(5_000);
    expect(await pis.readPayment(reference)).toMatchObject({ status: 'rejected', wireStatus: 'RJCT' });
  });

  test('reports a payment that the customer cancelled at the bank', async () => {
    const { reference } = await pay('cancelled');
    await stack.pass(5_000);
    expect(await pis.readPayment(reference)).toMatchObject({ status: 'cancelled' });
  });

  test('reports a payment for which there was too little money, with the reason', async () => {
    const { reference } = await pay('too_large');
    await stack.pass(5_000);
    expect(await pis.readPayment(reference)).toMatchObject({ status: 'rejected', reasonCode: 'AM04' });
  });

  test('does not know a payment that was never made', async () => {
    await expect(pis.readPayment(randomUUID())).rejects.toEqual(dropError('payment_unknown'));
  });

  test('does not know a bank that is not there, and sends nothing', async () => {
    const request = { ...requestOf('settled'), bankId: 'Ingen Bank' };
    await expect(pis.initiatePayment(request, attended)).rejects.toEqual(
      dropError('bank_unknown', 'not_sent'),
    );
  });
});

/** Skipped for mocks, because it needs a network, or a bank with a will of its own, and mocks have neither. */
describe.each(openBankingProviders)('over the wire: $displayName', (definition) => {
  let stack: EmulatedStack;
  let ais: AccountInformation;
  let pis: PaymentInitiation;
  const bankId = 'DNB';
  const { redeemCode, readBalance, initiate } = operationNames[definition.id];

  beforeEach(async () => {
    stack = await startEmulated(definition);
    ais = capability(stack.provider.ais);
    pis = capability(stack.provider.pis);
  });
  afterEach(() => stack.close());

  const request = (order: Partial<PaymentOrder> = {}): PaymentRequest =>
    paymentRequest(bankId, order, stack.webhookUrl);

  const sends = (operation: string): number =>
    stack.attempts.filter((attempt) => attempt.operation.endsWith(`.${operation}`)).length;

  test('the customer declines at the bank', async () => {
    const { complete } = await consent(stack, bankId, 'cancel');
    await expect(complete()).rejects.toEqual(dropError('consent_cancelled'));
  });

  test('the consent is revoked at the bank', async () => {
    const grant = await (await consent(stack, bankId)).complete();
    await stack.act('revoke_consents');
    await expect(ais.readBalance(firstAccount(grant).reference, attended)).rejects.toEqual(
      dropError('consent_revoked', 'refused'),
    );
  });

  test('the consent is ended by the bank before its time', async () => {
    const grant = await (await consent(stack, bankId)).complete();
    await stack.act('expire_consents');
    await expect(ais.readBalance(firstAccount(grant).reference, attended)).rejects.toEqual(
      dropError('consent_expired', 'refused'),
    );
  });

  test('a code is not redeemed too late', async () => {
    const { complete } = await consent(stack, bankId);
    await stack.pass(dayMs);
    await expect(complete()).rejects.toEqual(dropError('consent_failed'));
  });

  test('the code exchange is not repeated when its answer is lost', async () => {
    const { complete } = await consent(stack, bankId);
    stack.faults.add({ operation: redeemCode, effect: 'drop-after-commit', times: 1 });
    await expect(complete()).rejects.toEqual(dropError('bank_unavailable', 'unknown'));
    expect(sends(redeemCode)).toBe(1);
  });

  test('credit is not shown as money', async () => {
    const { accounts } = await (await consent(stack, bankId)).complete();
    const credit = accounts.find(({ accountNumber }) => accountNumber === '86011117947');
    const balance = await ais.readBalance(capability(credit).reference, attended);
    expect(balance.money.amount).toBe(30_000);
  });

  test('the fifth unattended read of a day is refused, and not tried again', async () => {
    const { reference } = firstAccount(await (await consent(stack, bankId)).complete());
    for (let read = 0; read < 4; read += 1) await ais.readBalance(reference, { kind: 'unattended' });
    await expect(ais.readBalance(reference, { kind: 'unattended' })).rejects.toEqual(
      dropError('bank_rate_limited', 'refused'),
    );
    expect(sends(readBalance)).toBe(5);
  });

  test('an attended read is not limited', async () => {
    const { reference } = firstAccount(await (await consent(stack, bankId)).complete());
    for (let read = 0; read < 6; read += 1) await ais.readBalance(reference, attended);
    expect(sends(readBalance)).toBe(6);
  });

  test('a read is repeated when the provider is busy, and succeeds', async () => {
    const { reference } = firstAccount(await (await consent(stack, bankId)).complete());
    stack.faults.add({ operation: readBalance, effect: 'status', status: 503, times: 1 });
    expect(await ais.readBalance(reference, attended)).toMatchObject({ kind: 'available' });
  });

  test('a bank that stays away is unavailable', async () => {
    const { reference } = firstAccount(await (await consent(stack, bankId)).complete());
    stack.faults.add({ operation: readBalance, effect: 'status', status: 503 });
    await expect(ais.readBalance(reference, attended)).rejects.toEqual(dropError('bank_unavailable'));
  });

  test('an answer that is not JSON is invalid, not a balance', async () => {
    const { reference } = firstAccount(await (await consent(stack, bankId)).complete());
    stack.faults.add({ operation: readBalance, effect: 'malformed' });
    await expect(ais.readBalance(reference, attended)).rejects.toEqual(
      dropError('provider_invalid_response'),
    );
  });

  test('an initiation whose answer is lost is unknown, and went out exactly once', async () => {
    stack.faults.add({ operation: initiate, effect: 'drop-after-commit', times: 1 });
    await expect(pis.initiatePayment(request(), attended)).rejects.toEqual(
      dropError('payment_outcome_unknown', 'unknown'),
    );
    expect(sends(initiate)).toBe(1);
    expect(stack.emulator.state()).toMatchObject({ payments: [{}] });
  });

  test.each([{ effect: 'reset' }, { effect: 'malformed' }, { effect: 'empty' }] as const)(
    'an initiation that ends in $effect is unknown, and went out exactly once',
    async ({ effect }) => {
      stack.faults.add({ operation: initiate, effect });
      await expect(pis.initiatePayment(request(), attended)).rejects.toEqual(
        dropError('payment_outcome_unknown', 'unknown'),
      );
      expect(sends(initiate)).toBe(1);
    },
  );

  test.each([500, 502, 503, 504])(
    'an initiation answered %i is unknown, and went out once',
    async (status) => {
      stack.faults.add({ operation: initiate, effect: 'status', status });
      await expect(pis.initiatePayment(request(), attended)).rejects.toEqual(
        dropError('payment_outcome_unknown', 'unknown'),
      );
      expect(sends(initiate)).toBe(1);
    },
  );

  test('an initiation that the provider is too busy for is refused, and went out once', async () => {
    stack.faults.add({ operation: initiate, effect: 'status', status: 429, retryAfterSeconds: 7 });
    await expect(pis.initiatePayment(request(), attended)).rejects.toMatchObject({
      code: 'provider_rate_limited',
      details: { outcome: 'refused', retryAfterMs: 7_000 },
    });
    expect(sends(initiate)).toBe(1);
  });

  test('an initiation that the provider refuses moves nothing', async () => {
    const order = { creditorName: 'x'.repeat(200) };
    await expect(pis.initiatePayment(request(order), attended)).rejects.toEqual(
      dropError('provider_refused', 'refused'),
    );
    expect(stack.emulator.state()).toMatchObject({ payments: [] });
  });

  test('credentials that the provider does not accept', async () => {
    const impostor = stack.createClient({ OPENBANKING_CLIENT_ID: 'demo-somebody-else' });
    await expect(capability(impostor.ais).listBanks()).rejects.toEqual(
      dropError('provider_rejected_credentials', 'refused'),
    );
  });

  test('a payment that nobody approves in time is rejected', async () => {
    const { reference } = await pis.initiatePayment(request(), attended);
    await stack.pass(3_600_000);
    expect(await pis.readPayment(reference)).toMatchObject({ status: 'rejected' });
  });

  test('a payment settles though every webhook is lost', async () => {
    stack.answerWebhooksWith(500);
    const { reference, redirectUrl } = await pis.initiatePayment(request(), attended);
    await stack.visit(redirectUrl, 'approve');
    await stack.pass(5_000);
    expect(stack.hints).toEqual([]);
    expect(await pis.readPayment(reference)).toMatchObject({ status: 'settled' });
  });

  test('a webhook that was not acknowledged comes again', async () => {
    stack.answerWebhooksWith(500);
    const { reference, redirectUrl } = await pis.initiatePayment(request(), attended);
    await stack.visit(redirectUrl, 'cancel');
    await stack.pass(0);
    stack.answerWebhooksWith(undefined);
    await stack.pass(1_000);
    expect(stack.hints).toEqual([{ provider: definition.id, reference }]);
  });

  test('a webhook that comes twice is recognised by its key', async () => {
    await stack.act('duplicate_webhooks');
    const { redirectUrl } = await pis.initiatePayment(request(), attended);
    await stack.visit(redirectUrl, 'cancel');
    await stack.pass(0);
    const keys = stack.verdicts.map((verdict) => verdict.kind === 'accepted' && verdict.deduplicationKey);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });

  test('webhooks about different changes have different keys', async () => {
    const { redirectUrl } = await pis.initiatePayment(request(), attended);
    await stack.visit(redirectUrl, 'approve');
    await stack.pass(700);
    await stack.pass(5_000);
    const keys = stack.verdicts.map((verdict) => verdict.kind === 'accepted' && verdict.deduplicationKey);
    expect(keys.length).toBeGreaterThan(1);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('webhooks that were held back come in another order, and the payment is read all the same', async () => {
    await stack.act('hold_webhooks');
    const { reference, redirectUrl } = await pis.initiatePayment(request(), attended);
    await stack.visit(redirectUrl, 'approve');
    await stack.pass(5_000);
    expect(stack.hints).toEqual([]);
    await stack.act('release_webhooks', { order: 'reversed' });
    expect(stack.hints.length).toBeGreaterThan(1);
    expect(await pis.readPayment(reference)).toMatchObject({ status: 'settled' });
  });

  test('a webhook whose body was changed on the way is not accepted', async () => {
    await stack.act('corrupt_webhooks');
    const { redirectUrl } = await pis.initiatePayment(request(), attended);
    await stack.visit(redirectUrl, 'cancel');
    await stack.pass(0);
    expect(stack.verdicts).toMatchObject([{ kind: 'signature_invalid' }]);
  });

  test('the bank shows payee and amount before the customer approves', async () => {
    const pages: string[] = [];
    const { redirectUrl } = await pis.initiatePayment(request(), attended);
    await stack.visit(redirectUrl, 'approve', (html) => pages.push(html));
    const text = pages.join('').replaceAll('\u00A0', ' ');
    for (const part of ['Nordlys Strøm AS', '9536 05 73002', '125,50 kr', 'Faktura 42']) {
      expect(text).toContain(part);
    }
  });
});
