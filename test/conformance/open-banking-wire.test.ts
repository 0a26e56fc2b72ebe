import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { PaymentOrder } from '#domain/payment/order.ts';
import type {
  AccountInformation,
  PaymentInitiation,
  PaymentRequest,
} from '#services/open-banking/service.ts';
import { startEmulated, type EmulatedStack } from './open-banking-stack.ts';
import {
  attended,
  bankIdAt,
  capability,
  consent,
  consentRequest,
  dayMs,
  dropError,
  accountKeyOf,
  consentEnd,
  paymentBankIdAt,
  paymentKeyOf,
  paymentRequest,
  providers,
} from './open-banking-subjects.ts';
import { redirectUrlOf } from '#domain/banking/next-step.ts';

/** Skipped for mocks, because it needs a network, or a bank with a will of its own, and mocks have neither. */
describe.each(providers)('over the wire: $definition.displayName', ({ definition, subject }) => {
  let stack: EmulatedStack;
  let ais: AccountInformation;
  let pis: PaymentInitiation;
  let bankId: string;
  let paymentBankId: string;
  const { redeemCode, readBalance, initiate } = subject.operations;
  const sendsWebhooks = subject.webhookProof !== 'none';

  beforeEach(async () => {
    stack = await startEmulated(definition);
    ais = capability(stack.provider.ais);
    pis = capability(stack.provider.pis);
    bankId = await bankIdAt(ais);
    paymentBankId = await paymentBankIdAt(ais);
  });
  afterEach(() => stack.close());

  const request = (order: Partial<PaymentOrder> = {}): PaymentRequest =>
    paymentRequest(paymentBankId, order, stack.webhookUrl);

  const sends = (operation: string): number =>
    stack.attempts.filter((attempt) => attempt.operation.endsWith(`.${operation}`)).length;

  test('an account in another currency has a balance in it', async () => {
    const account = { accountNumber: '90412263056', name: 'Eurokonto', balanceOere: 75_050, currency: 'EUR' };
    const note = { nb: 'Har euro på konto.', en: 'Has euros in the account.' };
    const eva = { name: 'Eva Euro', note, accounts: [account] };
    const other = await startEmulated(definition, undefined, [eva]);
    onTestFinished(() => other.close());
    const grant = await (await consent(other, bankId, eva.name)).complete();
    const { readBalance: read } = capability(other.provider.ais);
    expect(grant.accounts).toMatchObject([{ accountNumber: '90412263056', currency: 'EUR' }]);
    const money = { amount: 75_050, currency: 'EUR' };
    expect(await read(accountKeyOf(grant), attended)).toMatchObject({ money });
  });

  test('the customer declines at the bank', async () => {
    const { complete } = await consent(stack, bankId, 'cancel');
    await expect(complete()).rejects.toEqual(dropError('consent_cancelled'));
  });

  test('the consent is revoked at the bank', async () => {
    const grant = await (await consent(stack, bankId)).complete();
    await stack.act('revoke_consents');
    const { error } = consentEnd(subject, 'revoked');
    await expect(ais.readBalance(accountKeyOf(grant), attended)).rejects.toEqual(error);
  });

  test('the consent is ended by the bank before its time', async () => {
    const grant = await (await consent(stack, bankId)).complete();
    await stack.act('expire_consents');
    const { error } = consentEnd(subject, 'expired');
    await expect(ais.readBalance(accountKeyOf(grant), attended)).rejects.toEqual(error);
  });

  test.runIf(subject.redeemsCodes)('a code is not redeemed too late', async () => {
    const { complete } = await consent(stack, bankId);
    await stack.pass(dayMs);
    await expect(complete()).rejects.toEqual(dropError('consent_failed'));
  });

  test.runIf(subject.redeemsCodes)('the code exchange is not repeated when its answer is lost', async () => {
    const { complete } = await consent(stack, bankId);
    stack.faults.add({ operation: redeemCode, effect: 'drop-after-commit', times: 1 });
    await expect(complete()).rejects.toEqual(dropError('bank_unavailable', 'unknown'));
    expect(sends(redeemCode)).toBe(1);
  });

  test('credit is not shown as money', async () => {
    const grant = await (await consent(stack, bankId)).complete();
    const credit = grant.accounts.find(({ accountNumber }) => accountNumber === '86011117947');
    const balance = await ais.readBalance(accountKeyOf(grant, capability(credit)), attended);
    expect(balance.money.amount).toBe(30_000);
  });

  test('the fifth unattended read of a day is refused, and not tried again', async () => {
    const account = accountKeyOf(await (await consent(stack, bankId)).complete());
    for (let read = 0; read < 4; read += 1) await ais.readBalance(account, { kind: 'unattended' });
    await expect(ais.readBalance(account, { kind: 'unattended' })).rejects.toEqual(
      dropError('bank_rate_limited', 'refused'),
    );
    expect(sends(readBalance)).toBe(5);
  });

  test('an attended read is not limited', async () => {
    const account = accountKeyOf(await (await consent(stack, bankId)).complete());
    for (let read = 0; read < 6; read += 1) await ais.readBalance(account, attended);
    expect(sends(readBalance)).toBe(6);
  });

  test('a read is repeated when the provider is busy, and succeeds', async () => {
    const account = accountKeyOf(await (await consent(stack, bankId)).complete());
    stack.faults.add({ operation: readBalance, effect: 'status', status: 503, times: 1 });
    expect(await ais.readBalance(account, attended)).toMatchObject({ kind: 'available' });
  });

  test('a bank that stays away is unavailable', async () => {
    const account = accountKeyOf(await (await consent(stack, bankId)).complete());
    stack.faults.add({ operation: readBalance, effect: 'status', status: 503 });
    await expect(ais.readBalance(account, attended)).rejects.toEqual(dropError('bank_unavailable'));
  });

  test('an answer that is not JSON is invalid, not a balance', async () => {
    const account = accountKeyOf(await (await consent(stack, bankId)).complete());
    stack.faults.add({ operation: readBalance, effect: 'malformed' });
    await expect(ais.readBalance(account, attended)).rejects.toEqual(dropError('provider_invalid_response'));
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
    await expect(pis.initiatePayment(request(subject.refusedOrder), attended)).rejects.toEqual(
      dropError('provider_refused', 'refused'),
    );
    expect(stack.emulator.state()).toMatchObject({ payments: [] });
  });

  test('credentials that the provider does not accept', async () => {
    const impostor = stack.createClient(subject.impostor);
    // A call without a token is not even sent.
    await expect(
      capability(impostor.ais).startConsent(consentRequest(bankId), attended),
    ).rejects.toMatchObject({
      code: 'provider_rejected_credentials',
      details: { outcome: expect.stringMatching(/^(refused|not_sent)$/) },
    });
  });

  test('a payment that nobody approves in time is rejected', async () => {
    const asked = request();
    const { reference } = await pis.initiatePayment(asked, attended);
    await stack.pass(3_600_000);
    expect(await pis.readPayment(paymentKeyOf(asked, reference))).toMatchObject({ status: 'rejected' });
  });

  test('a payment settles though every webhook is lost', async () => {
    stack.answerWebhooksWith(500);
    const asked = request();
    const { reference, next } = await pis.initiatePayment(asked, attended);
    await stack.visit(redirectUrlOf(next), 'approve');
    await stack.pass(5_000);
    expect(stack.hints).toEqual([]);
    expect(await pis.readPayment(paymentKeyOf(asked, reference))).toMatchObject({ status: 'settled' });
  });

  test.runIf(sendsWebhooks)('a webhook that was not acknowledged comes again', async () => {
    stack.answerWebhooksWith(500);
    const { reference, next } = await pis.initiatePayment(request(), attended);
    await stack.visit(redirectUrlOf(next), 'cancel');
    await stack.pass(0);
    stack.answerWebhooksWith(undefined);
    await stack.pass(1_000);
    expect(stack.hints).toEqual([{ provider: definition.id, reference }]);
  });

  test.runIf(sendsWebhooks)('a webhook that comes twice is recognised by its key', async () => {
    await stack.act('duplicate_webhooks');
    const { next } = await pis.initiatePayment(request(), attended);
    await stack.visit(redirectUrlOf(next), 'cancel');
    await stack.pass(0);
    const keys = stack.verdicts.map((verdict) => verdict.kind === 'accepted' && verdict.deduplicationKey);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });

  test.runIf(sendsWebhooks)('webhooks about different changes have different keys', async () => {
    const { next } = await pis.initiatePayment(request(), attended);
    await stack.visit(redirectUrlOf(next), 'approve');
    await stack.pass(700);
    await stack.pass(5_000);
    const keys = stack.verdicts.map((verdict) => verdict.kind === 'accepted' && verdict.deduplicationKey);
    expect(keys.length).toBeGreaterThan(1);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test.runIf(sendsWebhooks)(
    'webhooks that were held back come in another order, and the payment is read all the same',
    async () => {
      await stack.act('hold_webhooks');
      const asked = request();
      const { reference, next } = await pis.initiatePayment(asked, attended);
      await stack.visit(redirectUrlOf(next), 'approve');
      await stack.pass(5_000);
      expect(stack.hints).toEqual([]);
      await stack.act('release_webhooks', { order: 'reversed' });
      expect(stack.hints.length).toBeGreaterThan(1);
      expect(await pis.readPayment(paymentKeyOf(asked, reference))).toMatchObject({ status: 'settled' });
    },
  );

  test.runIf(subject.webhookProof === 'signature')(
    'a webhook whose body was changed on the way is not accepted',
    async () => {
      await stack.act('corrupt_webhooks');
      const { next } = await pis.initiatePayment(request(), attended);
      await stack.visit(redirectUrlOf(next), 'cancel');
      await stack.pass(0);
      expect(stack.verdicts).toMatchObject([{ kind: 'signature_invalid' }]);
    },
  );

  test('the bank shows payee and amount before the customer approves', async () => {
    const pages: string[] = [];
    const { next } = await pis.initiatePayment(request(), attended);
    await stack.visit(redirectUrlOf(next), 'approve', (html) => pages.push(html));
    const text = pages.join('').replaceAll('\u00A0', ' ');
    for (const part of ['Nordlys Strøm AS', '9536 05 73002', '125,50 kr', 'Faktura 42']) {
      expect(text).toContain(part);
    }
  });
});
