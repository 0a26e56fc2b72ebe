import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { redirectUrlOf } from '#domain/banking/next-step.ts';
import type { OpenBankingProvider, PaymentRequest } from '#services/open-banking/service.ts';
import { startEmulated, type EmulatedStack } from './open-banking-stack.ts';
import {
  accountKeyOf,
  attended,
  bankIdAt,
  capability,
  consent,
  consentKeyOf,
  paymentBankIdAt,
  paymentRequest,
  providers,
} from './open-banking-subjects.ts';

/** A process that starts anew has a client that remembers nothing; what was begun before it must go on. */
describe.each(providers)('a restarted client: $definition.displayName', ({ definition, subject }) => {
  let stack: EmulatedStack;
  let bankId: string;
  let paymentBankId: string;
  let restarted: OpenBankingProvider;

  beforeEach(async () => {
    stack = await startEmulated(definition);
    bankId = await bankIdAt(capability(stack.provider.ais));
    paymentBankId = await paymentBankIdAt(capability(stack.provider.ais));
    restarted = stack.createClient();
  });
  afterEach(() => stack.close());

  const request = (): PaymentRequest => paymentRequest(paymentBankId, {}, stack.webhookUrl);

  test('completes a consent that was begun before', async () => {
    const { complete } = await consent(stack, bankId);
    expect((await complete(restarted)).bankId).toBe(bankId);
  });

  test('reads and ends a consent that was completed before', async () => {
    const ais = capability(restarted.ais);
    const grant = await (await consent(stack, bankId)).complete();
    expect(await ais.readBalance(accountKeyOf(grant), attended)).toMatchObject({
      kind: 'available',
    });
    await ais.revokeConsent(consentKeyOf(grant));
    expect(await ais.readConsent(consentKeyOf(grant))).toMatchObject({ kind: 'ended' });
  });

  test('reads a payment that was begun before', async () => {
    const asked = request();
    const { reference, next } = await capability(stack.provider.pis).initiatePayment(asked, attended);
    const key = { reference, bankId: paymentBankId, secrets: asked.secrets };
    const pis = capability(restarted.pis);
    expect(await pis.readPayment(key)).toMatchObject({ status: 'awaiting_authorisation' });
    await stack.visit(redirectUrlOf(next), 'approve');
    await stack.pass(5_000);
    expect(await pis.readPayment(key)).toMatchObject({ reference, status: 'settled' });
  });

  test.runIf(subject.webhookProof !== 'none')(
    'accepts a webhook about a payment that was begun before',
    async () => {
      const pis = capability(stack.provider.pis);
      const { reference, next } = await pis.initiatePayment(request(), attended);
      await stack.visit(redirectUrlOf(next), 'cancel');
      await stack.pass(0);
      const verdict = await capability(restarted.webhooks).verify(capability(stack.deliveries[0]));
      expect(verdict).toMatchObject({ kind: 'accepted', subject: reference });
    },
  );
});
