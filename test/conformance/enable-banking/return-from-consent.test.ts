import { beforeEach, describe, expect, test } from 'vitest';
import { takeReturn } from '#store/bank-connections.ts';
import { endDiscardedConsent } from '#usecases/banking/keep-grant.ts';
import { returnFromBank } from '#usecases/banking/return-from-bank.ts';
import type { Json } from './overridden-world.ts';
import { doEnqueued } from '../../jobs/enqueued.ts';
import { losingTheNextCommit } from '../../support/lost-commits.ts';
import { access, BankContext } from './bank-context.ts';

let bank: BankContext;
beforeEach(async () => {
  bank = await BankContext.start();
});

const failed = '/banks?outcome=consent_failed';

describe('a grant that is not what was asked for', () => {
  const pastAndFuture = (text: string) => (body: Json) => ({ ...body, access: { valid_until: text } });

  test('but of another bank, is not kept, and ended at the provider', async () => {
    const { id, parameters } = await bank.approve();
    bank.overridden.override('POST /sessions', (body) => ({
      ...body,
      aspsp: { name: 'Nordea', country: 'NO' },
    }));
    expect(await bank.comeBack(parameters)).toBe(failed);
    expect(await bank.accounts()).toEqual([]);
    expect(await bank.statusOf(id)).toBe('failed');
    expect(bank.overridden.openSessions()).toEqual([]);
    expect(bank.context.logged).toContainEqual({
      level: 'error',
      message: 'another bank than the one asked granted a consent',
      details: { connectionId: id, asked: 'DNB', granted: 'Nordea' },
    });
  });

  test('but of the bank of that name in another country, is not kept', async () => {
    const { parameters } = await bank.approve();
    bank.overridden.override('POST /sessions', (body) => ({
      ...body,
      aspsp: { name: 'DNB', country: 'SE' },
    }));
    expect(await bank.comeBack(parameters)).toBe(failed);
    expect(bank.overridden.openSessions()).toEqual([]);
  });

  test('but has ended already, is not kept', async () => {
    const { id, parameters } = await bank.approve();
    bank.overridden.override('POST /sessions', pastAndFuture('2026-02-23T14:30:00Z'));
    expect(await bank.comeBack(parameters)).toBe(failed);
    expect(await bank.statusOf(id)).toBe('failed');
    expect(bank.overridden.openSessions()).toEqual([]);
  });

  test('but lasts longer than a consent may, is kept for as long as one may', async () => {
    const { id, parameters } = await bank.approve();
    bank.overridden.override('POST /sessions', pastAndFuture('9999-12-31'));
    expect(await bank.comeBack(parameters)).toBe(`/accounts?connection=${id}`);
    const latest = new Date(bank.context.clock.now().getTime() + 180 * 86_400_000);
    const { rows } = await bank.context.store.pool.query('select valid_until from bank_connections');
    expect(rows).toEqual([{ valid_until: latest }]);
  });

  test('but under the reference of another consent, does not end that one', async () => {
    const former = await bank.link();
    const [reference] = bank.overridden.openSessions();
    const { id, parameters } = await bank.approve();
    bank.overridden.override('POST /sessions', (body) => ({ ...body, session_id: reference }));
    expect(await bank.comeBack(parameters)).toBe('/banks?outcome=consent_failed');
    expect([await bank.statusOf(former), await bank.statusOf(id)]).toEqual(['active', 'failed']);
    expect(bank.overridden.openSessions()).toContain(reference);
  });
});

describe('a grant that cannot be written down', () => {
  test('is ended at the provider, the error goes on, and a reload shows that it failed', async () => {
    const { id, parameters } = await bank.approve();
    await bank.context.store.pool.query('alter table bank_accounts add constraint broken check (false)');
    await expect(bank.comeBack(parameters)).rejects.toThrow(/broken/);
    expect(bank.overridden.openSessions()).toEqual([]);
    expect(await bank.statusOf(id)).toBe('failed');
    expect(await bank.comeBack(parameters)).toBe(failed);
    expect(bank.overridden.asked('POST /sessions')).toBe(1);
  });

  test('and cannot be ended either, is told to the operator, and ended by a job later', async () => {
    const { id, parameters } = await bank.approve();
    await bank.context.store.pool.query('alter table bank_accounts add constraint broken check (false)');
    const { faults } = bank.overridden.world.stack;
    faults.add({ operation: 'delete_session', effect: 'status', status: 500 });
    await expect(bank.comeBack(parameters)).rejects.toThrow(/broken/);
    expect(bank.context.logged).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'a consent that is not kept could not be ended' }),
    );
    expect(await bank.statusOf(id)).toBe('failed');
    expect(bank.overridden.openSessions()).toHaveLength(1);
    await expect(doEnqueued(bank.context, 'end-discarded-consent')).rejects.toThrow();
    faults.clear();
    await doEnqueued(bank.context, 'end-discarded-consent');
    expect(bank.overridden.openSessions()).toEqual([]);
  });

  test('is not ended by the job when a connection holds it after all', async () => {
    const connectionId = await bank.link();
    const [reference = ''] = bank.overridden.openSessions();
    const discarded = { provider: 'enable-banking', bankId: 'DNB', reference, connectionId };
    await endDiscardedConsent(bank.context, discarded);
    expect(bank.overridden.openSessions()).toEqual([reference]);
  });

  test('is kept where it was written down after all, though the database did not get to say so', async () => {
    const { id, parameters } = await bank.approve();
    const store = await losingTheNextCommit(bank.context.store);
    const path = returnFromBank({ ...bank.context, store }, bank.user, { parameters, access });
    expect(await path).toBe(`/accounts?connection=${id}`);
    expect(await bank.statusOf(id)).toBe('active');
    expect(bank.overridden.openSessions()).toHaveLength(1);
    expect(await bank.accounts()).toHaveLength(2);
  });
});

describe('a return that did not get through', () => {
  test.each([
    [{ effect: 'status', status: 429 }, 'bank_rate_limited'],
    [{ effect: 'status', status: 503 }, 'bank_unavailable'],
    [{ effect: 'reset' }, 'bank_unavailable'],
  ] as const)('for %j shows that, and a reload completes it', async (fault, outcome) => {
    const { id, parameters } = await bank.approve();
    bank.overridden.world.stack.faults.add({ operation: 'authorize_session', times: 1, ...fault });
    expect(await bank.comeBack(parameters)).toBe(`/banks?outcome=${outcome}`);
    expect(await bank.comeBack(parameters)).toBe(`/accounts?connection=${id}`);
    expect(await bank.comeBack(parameters)).toBe(`/accounts?connection=${id}`);
    expect(await bank.statusOf(id)).toBe('active');
  });

  test.each(['drop-after-commit', 'malformed'] as const)(
    'whose answer came to nothing (%s) shows that, and a reload that the code is used up where it is',
    async (effect) => {
      const { id, parameters } = await bank.approve();
      bank.overridden.world.stack.faults.add({ operation: 'authorize_session', effect, times: 1 });
      expect(await bank.comeBack(parameters)).toBe('/banks?outcome=bank_unavailable');
      const truth = effect === 'malformed' ? `/accounts?connection=${id}` : failed;
      expect(await bank.comeBack(parameters)).toBe(truth);
      expect(await bank.comeBack(parameters)).toBe(truth);
    },
  );

  test('and was taken by a process that died is pending for a minute, and then completed', async () => {
    const { id, parameters } = await bank.approve();
    const at = bank.context.clock.now();
    await takeReturn(bank.context.store.database, id, { at, abandonedBefore: at });
    expect(await bank.comeBack(parameters)).toBe(`/accounts?connection=${id}`);
    bank.context.clock.advance(60_000);
    expect(await bank.comeBack(parameters)).toBe(`/accounts?connection=${id}`);
    expect(await bank.statusOf(id)).toBe('pending');
    expect(bank.overridden.asked('POST /sessions')).toBe(0);
    bank.context.clock.advance(1);
    expect(await bank.comeBack(parameters)).toBe(`/accounts?connection=${id}`);
    expect(await bank.statusOf(id)).toBe('active');
  });
});

test('a reload after a failure shows the failure, and asks the bank nothing', async () => {
  const { parameters } = await bank.approve();
  bank.overridden.override('POST /sessions', (body) => ({ ...body, accounts: [] }));
  bank.overridden.override('GET /sessions', (body) => ({ ...body, accounts: [], accounts_data: [] }));
  for (let load = 0; load < 3; load += 1) expect(await bank.comeBack(parameters)).toBe(failed);
  expect(bank.overridden.asked('POST /sessions')).toBe(1);
});

test('a reload after a refusal shows the refusal', async () => {
  const { parameters } = await bank.approve();
  const declined = new URLSearchParams({ state: parameters.get('state') ?? '', error: 'access_denied' });
  for (let load = 0; load < 2; load += 1)
    expect(await bank.comeBack(declined)).toBe('/banks?outcome=consent_cancelled');
  // Nor does a code that comes later make it a consent.
  expect(await bank.comeBack(parameters)).toBe('/banks?outcome=consent_cancelled');
});

test('returns at once of a consent that fails all show that, and redeem the code once', async () => {
  const { parameters } = await bank.approve();
  bank.overridden.override('POST /sessions', (body) => ({
    ...body,
    aspsp: { name: 'Nordea', country: 'NO' },
  }));
  const paths = await Promise.all([1, 2, 3].map(() => bank.comeBack(parameters)));
  expect(paths).toEqual(Array(3).fill(failed));
  expect(bank.overridden.asked('POST /sessions')).toBe(1);
});

test('a bank that fails the first balance read leaves the consent standing', async () => {
  const { id, parameters } = await bank.approve();
  bank.overridden.world.stack.faults.add({ operation: 'get_balances', effect: 'status', status: 500 });
  expect(await bank.comeBack(parameters)).toBe(`/accounts?connection=${id}`);
  expect(await bank.statusOf(id)).toBe('active');
  expect((await bank.accounts()).map(({ balance, consentStatus }) => [balance, consentStatus])).toEqual([
    [undefined, 'active'],
    [undefined, 'active'],
  ]);
});
