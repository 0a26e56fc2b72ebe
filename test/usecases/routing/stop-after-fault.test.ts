import { expect, test } from 'vitest';
import { DropError, type ErrorCode } from '#domain/errors.ts';
import { currentRouting, listRoutingChanges } from '#store/routing/changes.ts';
import { banksToLink, startConnection } from '#usecases/banking/link-bank.ts';
import { stopAfterFault } from '#usecases/routing/stop-after-fault.ts';
import { raisedAlerts } from '../../support/alerts.ts';
import { customer } from '../../support/context.ts';
import { access, inForce, meanwhile, routingContext, type RoutingContext } from './routing-context.ts';

/** A move of all customers to the next provider. */
async function moving(): Promise<RoutingContext> {
  const context = await routingContext();
  const { home, next } = context;
  await inForce(context, { salt: 's', home, moves: [{ to: next, whom: 'everyone', sharePercent: 100 }] });
  return context;
}

const isStopped = async ({ store }: RoutingContext): Promise<boolean> =>
  (await currentRouting(store.database)).policy?.moves[0]?.stopped !== undefined;

const fault = (code: ErrorCode): DropError =>
  new DropError(code, { message: 'no', operation: 'start consent' });

test('an answer that cannot be read stops the move: the next customer is at home, and operators are told', async () => {
  const context = await moving();
  const user = await customer(context);
  const provider = context.providers.find(({ id }) => id === context.next);
  if (provider?.ais) provider.ais.startConsent = () => Promise.reject(fault('provider_invalid_response'));
  const [bank] = await banksToLink(context, user);
  const request = { bankId: bank?.bank.id ?? '', access, locale: 'nb' } as const;
  await expect(startConnection(context, user, request)).rejects.toMatchObject({
    code: 'provider_invalid_response',
  });
  context.clock.advance(1_000);
  await startConnection(context, user, request);
  const consents = context.store.database.selectFrom('bank_connections').select('provider');
  expect(await consents.orderBy('created_at').execute()).toEqual([
    { provider: context.next },
    { provider: context.home },
  ]);
  expect(await listRoutingChanges(context.store.database, 1)).toMatchObject([
    { version: 2, kind: 'stop', by: 'Drop', reason: 'provider_invalid_response at start consent' },
  ]);
  expect(await raisedAlerts(context)).toMatchObject([{ title: 'No more customers are moved to a provider' }]);
});

test.each<ErrorCode>([
  'bank_unavailable',
  'provider_timeout',
  'provider_rate_limited',
  'provider_refused',
  'consent_cancelled',
  'consent_failed',
  'payment_refused_by_bank',
  'payment_outcome_unknown',
])('%s stops nothing', async (code) => {
  const context = await moving();
  await stopAfterFault(context, context.next, fault(code));
  expect(await isStopped(context)).toBe(false);
});

test.each([
  [new TypeError('x is undefined'), true],
  [new Error('Connection terminated unexpectedly'), false],
])('%s: a fault of the program stops the move, and one of the database does not', async (error, expected) => {
  const context = await moving();
  await stopAfterFault(context, context.next, error);
  expect(await isStopped(context)).toBe(expected);
});

test('a fault that the request alone can have caused stops nothing', async () => {
  const context = await moving();
  const made = new DropError('provider_invalid_response', { message: 'no', causedByCaller: true });
  await stopAfterFault(context, context.next, made);
  expect(await isStopped(context)).toBe(false);
});

test('a fault behind an unknown outcome of a payment stops the move', async () => {
  const context = await moving();
  const cause = fault('provider_invalid_response');
  await stopAfterFault(
    context,
    context.next,
    new DropError('payment_outcome_unknown', { message: 'no', cause }),
  );
  expect(await isStopped(context)).toBe(true);
});

test('a fault at home stops nothing, and a second one of the stopped move writes no second change', async () => {
  const context = await moving();
  await stopAfterFault(context, context.home, fault('internal_error'));
  expect(await isStopped(context)).toBe(false);
  const faults = [1, 2, 3].map(() => stopAfterFault(context, context.next, fault('internal_error')));
  await Promise.all(faults);
  expect((await currentRouting(context.store.database)).version).toBe(2);
  expect(await raisedAlerts(context)).toHaveLength(1);
});

test('a policy that is put in force at the moment of the fault is stopped, too', async () => {
  const context = await moving();
  const { home, next } = context;
  const promoted = { salt: 't', home, moves: [{ to: next, whom: 'everyone' as const, sharePercent: 50 }] };
  const raced = meanwhile(context, () => inForce(context, promoted));
  await stopAfterFault(raced, next, fault('internal_error'));
  const { policy, version } = await currentRouting(context.store.database);
  expect({ version, salt: policy?.salt }).toEqual({ version: 3, salt: 't' });
  expect(await isStopped(context)).toBe(true);
  expect(await raisedAlerts(context)).toHaveLength(1);
});
