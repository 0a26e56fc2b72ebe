import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OpenBankingProvider, PaymentRequest } from '#services/open-banking/service.ts';
import { startEmulated, type EmulatedStack } from './open-banking-stack.ts';
import {
  attended,
  bankIdAt,
  capability,
  consent,
  firstAccount,
  paymentRequest,
  providers,
} from './open-banking-subjects.ts';

/** A process that starts anew has a client that remembers nothing; what was begun before it must go on. */
describe.each(providers)('a restarted client: $definition.displayName', ({ definition }) => {
  let stack: EmulatedStack;
  let bankId: string;
  let restarted: OpenBankingProvider;

  beforeEach(async () => {
    stack = await startEmulated(definition);
    bankId = await bankIdAt(capability(stack.provider.ais));
    restarted = stack.createClient();
  });
  afterEach(() => stack.close());

  const request = (): PaymentRequest => paymentRequest(bankId, {}, stack.webhookUrl);

  test('completes a consent that was begun before', async () => {
    const { parameters } = await consent(stack, bankId);
    const grant = await capability(restarted.ais).completeConsent(parameters, attended);
    expect(grant.bankId).toBe(bankId);
  });

  test('reads and ends a consent that was completed before', async () => {
    const ais = capability(restarted.ais);
    const grant = await (await consent(stack, bankId)).complete();
    expect(await ais.readBalance(firstAccount(grant).reference, attended)).toMatchObject({
      kind: 'available',
    });
    await ais.revokeConsent(grant.reference);
    expect(await ais.readConsent(grant.reference)).toMatchObject({ status: 'revoked' });
  });

  test('reads a payment that was begun before', async () => {
    const { reference, redirectUrl } = await capability(stack.provider.pis).initiatePayment(
      request(),
      attended,
    );
    const pis = capability(restarted.pis);
    expect(await pis.readPayment({ reference, bankId })).toMatchObject({ status: 'awaiting_authorisation' });
    await stack.visit(redirectUrl, 'approve');
    await stack.pass(5_000);
    expect(await pis.readPayment({ reference, bankId })).toMatchObject({ reference, status: 'settled' });
  });

  test('accepts a webhook about a payment that was begun before', async () => {
    const { reference, redirectUrl } = await capability(stack.provider.pis).initiatePayment(
      request(),
      attended,
    );
    await stack.visit(redirectUrl, 'cancel');
    await stack.pass(0);
    const verdict = await capability(restarted.webhooks).verify(capability(stack.deliveries[0]));
    expect(verdict).toMatchObject({ kind: 'accepted', subject: reference });
  });
});
