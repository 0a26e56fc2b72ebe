import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { redirectUrlOf } from '#domain/banking/next-step.ts';
import { startEmulated, type EmulatedStack } from './open-banking-stack.ts';
import { attended, paymentBankIdAt, capability, paymentRequest, providers } from './open-banking-subjects.ts';

const withWebhooks = providers.filter(({ subject }) => subject.webhookProof !== 'none');

/** What a stranger can send without the provider's key, or do to a webhook on its way. */
describe.each(withWebhooks)('forged webhooks: $definition.displayName', ({ definition, subject }) => {
  let stack: EmulatedStack;

  beforeEach(async () => {
    stack = await startEmulated(definition);
  });
  afterEach(() => stack.close());

  /** Makes the provider send a webhook. */
  async function cancelPayment(): Promise<void> {
    const bankId = await paymentBankIdAt(capability(stack.provider.ais));
    const request = paymentRequest(bankId, {}, stack.webhookUrl);
    const { next } = await capability(stack.provider.pis).initiatePayment(request, attended);
    await stack.visit(redirectUrlOf(next), 'cancel');
    await stack.pass(0);
  }

  const isSigned = subject.webhookProof === 'signature';
  const forgeries = [
    ...(isSigned ? [['whose body has another byte than was signed', 'body']] : []),
    ['that is not signed', 'unsigned'],
    ['that is signed with a foreign key', 'foreign_key'],
  ];

  test.each(forgeries)('a webhook %s is not accepted, and nothing is done about it', async (_case, how) => {
    await stack.act('corrupt_webhooks', { how });
    await cancelPayment();
    expect(stack.verdicts).toMatchObject([{ kind: 'signature_invalid' }]);
    expect(stack.hints).toEqual([]);
  });

  test.runIf(isSigned)('a webhook with the signature of another is not accepted', async () => {
    await cancelPayment();
    await cancelPayment();
    const [first, second] = stack.deliveries.map((delivery) => capability(delivery));
    expect(stack.verdicts).toMatchObject([{ kind: 'accepted' }, { kind: 'accepted' }]);
    const crossed = { ...capability(second), headers: capability(first).headers };
    const verdict = await capability(stack.provider.webhooks).verify(crossed);
    expect(verdict).toMatchObject({ kind: 'signature_invalid' });
  });

  test.each(subject.signedBesideBody)(
    'a webhook with another %s than was signed is not accepted',
    async (part) => {
      await cancelPayment();
      const delivery = capability(stack.deliveries[0]);
      const changed = { ...delivery, [part]: `${delivery[part]}X` };
      const verdict = await capability(stack.provider.webhooks).verify(changed);
      expect(verdict).toMatchObject({ kind: 'signature_invalid' });
    },
  );
});
