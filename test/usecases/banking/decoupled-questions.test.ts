import type { KyselyPlugin } from 'kysely';
import { expect, test } from 'vitest';
import { redirectTo, type NextStep } from '#domain/banking/next-step.ts';
import { DropError } from '#domain/errors.ts';
import { checkConnection } from '#usecases/banking/complete-connection.ts';
import { startConnection } from '#usecases/banking/link-bank.ts';
import { returnFromBank } from '#usecases/banking/return-from-bank.ts';
import type { UseCaseContext } from '#usecases/context.ts';
import { access, MadeUpBank, page } from './made-up-bank.ts';

const decoupled: NextStep = { kind: 'decoupled', message: undefined, askAgainMs: 4_000 };
const pending = { kind: 'pending', next: decoupled } as const;

/** A consent that waits for its approval in the bank's app; the provider may be asked after four seconds. */
async function stand(answer: (bank: MadeUpBank) => typeof pending = () => pending) {
  const bank = await MadeUpBank.start();
  const questions: string[] = [];
  const given = { state: '' };
  bank.provider.ais.startConsent = async ({ state }) => {
    given.state = state;
    return { reference: 'consent-1', next: decoupled };
  };
  bank.provider.ais.completeConsent = async ({ parameters }) => {
    questions.push(parameters.toString());
    return answer(bank);
  };
  const { id } = await startConnection(bank.context, bank.user, {
    bankId: 'dnb-accounts',
    access,
    locale: 'nb',
  });
  const check = (context: UseCaseContext = bank.context) =>
    checkConnection(context, bank.user, { id, access });
  return { bank, questions, given, check };
}

const unavailable =
  (retryAfterMs = 0) =>
  (): never => {
    throw new DropError('bank_unavailable', { outcome: 'refused', retryAfterMs });
  };

test('a provider that fails is asked about a decoupled step no sooner than it wants', async () => {
  const { bank, questions, check } = await stand(unavailable());
  bank.context.clock.advance(4_000);
  await expect(check()).rejects.toMatchObject({ code: 'bank_unavailable' });
  bank.context.clock.advance(3_999);
  expect(await check()).toMatchObject({ status: 'pending' });
  expect(questions).toHaveLength(1);
  bank.context.clock.advance(1);
  await expect(check()).rejects.toMatchObject({ code: 'bank_unavailable' });
});

test('a provider that says when to ask again is asked about a decoupled step no sooner', async () => {
  const { bank, questions, check } = await stand(unavailable(30_000));
  bank.context.clock.advance(4_000);
  await expect(check()).rejects.toMatchObject({ code: 'bank_unavailable' });
  bank.context.clock.advance(29_999);
  expect(await check()).toMatchObject({ status: 'pending' });
  expect(questions).toHaveLength(1);
});

test('the time until the next question counts from the answer', async () => {
  const { bank, questions, check } = await stand(({ context }) => {
    context.clock.advance(10_000);
    return pending;
  });
  bank.context.clock.advance(4_000);
  await check();
  expect(await check()).toMatchObject({ status: 'pending' });
  expect(questions).toHaveLength(1);
});

test('a process that looked before another one asked does not ask, too', async () => {
  const { bank, questions, check } = await stand();
  bank.context.clock.advance(4_000);
  const { context, hasRead, release } = slowReader(bank.context);
  const late = check(context);
  await hasRead;
  await check();
  release();
  expect(await late).toMatchObject({ status: 'pending' });
  expect(questions).toHaveLength(1);
});

test('a return that is repeated during a decoupled step does not ask the provider again', async () => {
  const { bank, questions, given } = await stand();
  bank.provider.ais.startConsent = async ({ state }) => {
    given.state = state;
    return { reference: 'consent-2', next: redirectTo(page) };
  };
  const request = { bankId: 'dnb-accounts', access, locale: 'nb' } as const;
  const { id } = await startConnection(bank.context, bank.user, request);
  const parameters = new URLSearchParams({ state: given.state, code: 'once' });
  const comeBack = () => returnFromBank(bank.context, bank.user, { parameters, access });
  expect(await comeBack()).toBe(`/accounts?connection=${id}`);
  expect(await comeBack()).toBe(`/accounts?connection=${id}`);
  expect(questions).toHaveLength(1);
});

/** A context whose first answer of the database arrives when the test says so. */
function slowReader(context: UseCaseContext) {
  const read = Promise.withResolvers<undefined>();
  const released = Promise.withResolvers<undefined>();
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      read.resolve(undefined);
      await released.promise;
      return result;
    },
  };
  const database = context.store.database.withPlugin(plugin);
  return {
    context: { ...context, store: { ...context.store, database } },
    hasRead: read.promise,
    release: () => released.resolve(undefined),
  };
}
