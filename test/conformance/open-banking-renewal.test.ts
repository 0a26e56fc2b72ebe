import { describe, expect, onTestFinished, test } from 'vitest';
import { redirectUrlOf, type NextStep } from '#domain/banking/next-step.ts';
import { createRouting } from '#services/open-banking/routing.ts';
import { findConnection } from '#store/bank-connections.ts';
import { consentsOf } from '#usecases/banking/consent-ledger.ts';
import { consentKeyOf } from '#usecases/banking/consent-key.ts';
import { endOwedConsents } from '#usecases/banking/end-at-provider.ts';
import { renewConnection, startConnection } from '#usecases/banking/link-bank.ts';
import { reconcileConsents } from '#usecases/banking/reconcile-consents.ts';
import { refreshBalance } from '#usecases/banking/refresh-balance.ts';
import { returnFromBank } from '#usecases/banking/return-from-bank.ts';
import { remindOfConsents } from '#usecases/banking/tell-consent.ts';
import { listAccounts } from '#store/bank-accounts.ts';
import { customer, testContext } from '../support/context.ts';
import { codesTold } from '../usecases/notify/told.ts';
import { callbackUrl } from './open-banking-stack.ts';
import { NeonomicsWorld } from './neonomics/world.ts';
import { attended, bankIdAt, capability, consentRequest, dayMs, subjects } from './open-banking-subjects.ts';
import type { Subject } from './open-banking-subjects.ts';

/** A customer of use cases at a bank of the provider. */
async function customerAt({ start }: Pick<Subject, 'start'>) {
  const stack = await start();
  onTestFinished(() => stack.close());
  const context = {
    ...(await testContext(stack.clock)),
    bankCallbackUrlAt: () => callbackUrl,
  };
  context.services = { ...context.services, openBanking: createRouting([stack.provider], stack.provider.id) };
  const user = await customer(context);
  const ais = capability(stack.provider.ais);
  const bankId = await bankIdAt(ais);
  const { name, nationalIdentityNumber } = consentRequest(bankId).customer;
  const circumstances = {
    access: attended,
    locale: 'nb',
    customer: { name: name ?? '', nationalIdentityNumber },
  } as const;
  const visit = ({ next }: { next: NextStep }, choice: string) => stack.visit(redirectUrlOf(next), choice);
  const returnWith = (parameters: URLSearchParams) =>
    returnFromBank(context, user, { parameters, access: attended });
  const comeBack = async (begun: { next: NextStep }, choice: string) =>
    returnWith(await visit(begun, choice));
  return {
    stack,
    context,
    user,
    visit,
    returnWith,
    comeBack,
    link: async () => {
      const begun = await startConnection(context, user, { ...circumstances, bankId });
      await comeBack(begun, 'approve');
      return begun.id;
    },
    renew: (id: string) => renewConnection(context, user, { ...circumstances, id }),
    codes: () => codesTold(context, user.id),
    ledger: async () => {
      const { consents } = await consentsOf(context, user, undefined);
      return consents.map(({ id, status, endCause }) => ({ id, status, endCause }));
    },
    /** How the provider sees a consent. */
    async atProvider(id: string) {
      const { bankId: bank, consentReference: reference = '' } = capability(
        await findConnection(context.store.database, { id, userId: user.id }),
      );
      return ais.readConsent(consentKeyOf(context, { connectionId: id, reference, bankId: bank }));
    },
    async readBalances() {
      const accounts = await listAccounts(context.store.database, user.id, context.clock.now());
      return Promise.all(
        accounts.map(({ id }) => refreshBalance(context, user, { accountId: id, access: attended })),
      );
    },
  };
}

describe.each(subjects)('the renewal of a consent: $name', (subject) => {
  test('keeps the former consent until the new one is given, and then ends it, without a message', async () => {
    const { stack, context, codes, comeBack, link, renew, ...drop } = await customerAt(subject);
    const former = await link();
    await stack.pass(60 * dayMs);
    const begun = await renew(former);
    expect(await drop.ledger()).toEqual([{ id: former, status: 'active', endCause: null }]);
    expect(await drop.readBalances()).toMatchObject([{ connectionId: former }, { connectionId: former }]);
    await comeBack(begun, 'approve');
    expect(await drop.ledger()).toEqual([
      { id: begun.id, status: 'active', endCause: null },
      { id: former, status: 'revoked', endCause: 'replaced' },
    ]);
    expect(await drop.atProvider(begun.id)).toMatchObject({ kind: 'active' });
    const { rows } = await context.store.pool.query('select from consents_to_end');
    expect(rows).toHaveLength(1);
    await endOwedConsents(context);
    expect(await drop.readBalances()).toMatchObject([{ connectionId: begun.id }, { connectionId: begun.id }]);
    await stack.pass(25 * dayMs);
    await reconcileConsents(context);
    await remindOfConsents(context);
    expect(await codes()).toEqual([]);
    expect(await drop.ledger()).toMatchObject([{ id: begun.id, status: 'active' }, { endCause: 'replaced' }]);
  });
});

const emulated = subjects.filter(({ name }) => name.endsWith('on emulator'));

describe.each(emulated)('a renewal that the customer breaks off: $name', (subject) => {
  test('leaves the consent in force, and nothing is told', async () => {
    const { context, codes, comeBack, link, renew, ...drop } = await customerAt(subject);
    const former = await link();
    const path = await comeBack(await renew(former), 'cancel');
    expect(path).toBe('/consents?outcome=consent_cancelled');
    await endOwedConsents(context);
    expect(await drop.ledger()).toEqual([{ id: former, status: 'active', endCause: null }]);
    expect(await drop.atProvider(former)).toMatchObject({ kind: 'active' });
    expect(await drop.readBalances()).toMatchObject([{ connectionId: former }, { connectionId: former }]);
    expect(await codes()).toEqual([]);
  });
});

describe.each(emulated)('a reading before the customer returns from a renewal: $name', (subject) => {
  test('tells nothing, whatever the bank made of the former consent', async () => {
    const { stack, context, codes, link, renew, returnWith, visit, ...drop } = await customerAt(subject);
    const former = await link();
    await stack.pass(60 * dayMs);
    const begun = await renew(former);
    const parameters = await visit(begun, 'approve');
    await reconcileConsents(context);
    await returnWith(parameters);
    expect(await drop.ledger()).toMatchObject([
      { id: begun.id, status: 'active' },
      { id: former, endCause: 'replaced' },
    ]);
    expect(await codes()).toEqual([]);
  });
});

describe.each(emulated)('a second consent at the same bank: $name', (subject) => {
  test('that ends the former one at the bank is noticed as its replacement, without a message', async () => {
    const { stack, context, codes, link, ...drop } = await customerAt(subject);
    const former = await link();
    const newer = await link();
    const emulator = capability('emulator' in stack ? stack.emulator : undefined) as {
      actions?: Record<string, (parameters: object) => Promise<unknown>>;
    };
    const { consentReference = '' } = capability(
      await findConnection(context.store.database, { id: former, userId: drop.user.id }),
    );
    const reference = consentReference.slice(consentReference.indexOf(':') + 1);
    await emulator.actions?.['expire_consents']?.({ consentId: reference });
    await stack.pass(dayMs + 1);
    await reconcileConsents(context);
    expect(await drop.ledger()).toMatchObject([
      { id: newer, status: 'active' },
      { id: former, endCause: 'replaced' },
    ]);
    expect(await codes()).toEqual([]);
  });
});

test('a renewal that reaches the consent given before is not shown to last longer', async () => {
  const world = await NeonomicsWorld.start();
  const { stack, context, link, renew, user } = await customerAt({ start: async () => world.stack });
  const former = await link();
  await stack.pass(80 * dayMs);
  await world.stack.act('share_consents');
  const { id, next } = await renew(former);
  expect(next).toEqual({ kind: 'none' });
  const endOf = async (each: string) =>
    (await findConnection(context.store.database, { id: each, userId: user.id }))?.validUntil;
  expect(await endOf(id)).toEqual(await endOf(former));
});
