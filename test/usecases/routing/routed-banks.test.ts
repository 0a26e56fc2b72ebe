import { expect, test } from 'vitest';
import { DropError } from '#domain/errors.ts';
import type { Move } from '#domain/routing/policy.ts';
import type { AccountInformation } from '#services/open-banking/service.ts';
import { banksToLink, renewConnection, startConnection } from '#usecases/banking/link-bank.ts';
import { routedBanks } from '#usecases/routing/routed-banks.ts';
import { routedRenewal } from '#usecases/routing/routed-renewal.ts';
import { customer } from '../../support/context.ts';
import { access, inForce, linked, routingContext, type RoutingContext } from './routing-context.ts';

const dnb = 'DNBANOKK';

const policyOf = ({ home, next }: RoutingContext, move: Partial<Move> = {}) => ({
  salt: 'test',
  home,
  moves: [{ to: next, whom: 'everyone', sharePercent: 100, ...move } satisfies Move],
});

/** The provider and the reason of each bank, by its name. */
async function routes(context: RoutingContext, userId: string): Promise<Record<string, string>> {
  const banks = await routedBanks(context, userId);
  return Object.fromEntries(
    banks.map(({ bank, provider, routedBy }) => [bank.name, `${provider.id}: ${routedBy.reason}`]),
  );
}

async function stored(context: RoutingContext): Promise<object[]> {
  return context.store.database
    .selectFrom('bank_connections')
    .select(['provider', 'bank_key', 'routing_version', 'routing_reason'])
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** Brands of one institution, which share its BIC, in place of a provider's list. */
function withBrands(context: RoutingContext, id: string, ...names: string[]): void {
  const ais = context.providers.find((each) => each.id === id)?.ais;
  if (!ais) throw new RangeError('the mock reads accounts');
  const { listBanks } = ais;
  ais.listBanks = async () => {
    const [bank] = await listBanks();
    return bank ? names.map((name) => ({ ...bank, id: `${id} ${name}`, name, bic: dnb })) : [];
  };
}

function withoutLists(context: RoutingContext, id: string, listBanks: AccountInformation['listBanks']): void {
  const provider = context.providers.find((each) => each.id === id);
  if (provider?.ais) provider.ais.listBanks = listBanks;
}

const down = async (): Promise<never> => {
  throw new DropError('bank_unavailable', { message: 'down' });
};

test('without a policy the environment alone decides', async () => {
  const context = await routingContext();
  const user = await customer(context);
  expect(Object.values(await routes(context, user.id))).toEqual(
    Array(5).fill(`${context.home}: environment`),
  );
});

test('a bank that a move takes is served by its provider, and the consent says why', async () => {
  const context = await routingContext();
  const user = await customer(context);
  await inForce(context, policyOf(context, { banks: [dnb] }));
  expect(await routes(context, user.id)).toMatchObject({
    DNB: `${context.next}: share`,
    Nordea: `${context.home}: home`,
  });
  const [first] = await banksToLink(context, user);
  await startConnection(context, user, { bankId: first?.bank.id ?? '', access, locale: 'nb' });
  expect(await stored(context)).toEqual([
    { provider: context.next, bank_key: dnb, routing_version: 1, routing_reason: 'share' },
  ]);
});

test('a bank is found by the id that it has at the provider of before, and is served by that of now', async () => {
  const context = await routingContext();
  const user = await customer(context);
  const before = (await banksToLink(context, user)).find(({ key }) => key === dnb);
  await inForce(context, policyOf(context));
  await startConnection(context, user, { bankId: before?.bank.id ?? '', access, locale: 'nb' });
  expect(await stored(context)).toMatchObject([{ provider: context.next, bank_key: dnb }]);
});

test('a bank that no provider has is refused', async () => {
  const context = await routingContext();
  const user = await customer(context);
  await inForce(context, policyOf(context));
  await expect(
    startConnection(context, user, { bankId: 'none', access, locale: 'nb' }),
  ).rejects.toMatchObject({
    code: 'bank_unknown',
  });
});

test('customers with a consent stay where they are while a move is for new customers', async () => {
  const context = await routingContext();
  const old = await customer(context);
  await linked(context, old, (await banksToLink(context, old))[0]?.bank.id ?? '');
  await inForce(context, policyOf(context, { whom: 'new_customers' }));
  expect((await routes(context, old.id))['DNB']).toBe(`${context.home}: home`);
  const other = await customer(context);
  expect((await routes(context, other.id))['DNB']).toBe(`${context.next}: share`);
});

test('a customer who was moved as a new one stays there with the next consent', async () => {
  const context = await routingContext();
  const user = await customer(context);
  await inForce(context, policyOf(context, { whom: 'new_customers' }));
  await linked(context, user, (await banksToLink(context, user))[0]?.bank.id ?? '');
  await inForce(context, policyOf(context, { whom: 'new_customers', sharePercent: 0 }));
  expect(await routes(context, user.id)).toMatchObject({
    DNB: `${context.next}: moved`,
    Nordea: `${context.home}: home`,
  });
});

test('a customer who is at home again is not taken by the share of a move that is begun anew', async () => {
  const context = await routingContext();
  const user = await customer(context);
  const link = async (): Promise<void> => {
    context.clock.advance(1_000);
    await linked(context, user, (await banksToLink(context, user))[0]?.bank.id ?? '');
  };
  await inForce(context, policyOf(context));
  await link();
  await inForce(context, undefined);
  await link();
  await inForce(context, policyOf(context, { sharePercent: 0 }));
  expect(await routes(context, user.id)).toMatchObject({ DNB: `${context.home}: home` });
});

test('a bank that the chosen provider does not offer is served at home', async () => {
  const context = await routingContext();
  const user = await customer(context);
  withoutLists(context, context.next, async () => []);
  await inForce(context, policyOf(context));
  expect((await routes(context, user.id))['DNB']).toBe(`${context.home}: home`);
});

test('a provider whose list cannot be had is passed over, and the log says so', async () => {
  const context = await routingContext();
  const user = await customer(context);
  withoutLists(context, context.next, down);
  await inForce(context, policyOf(context));
  expect((await routes(context, user.id))['DNB']).toBe(`${context.home}: home`);
  expect(context.logged).toContainEqual(
    expect.objectContaining({ message: 'the banks of a provider are left out' }),
  );
});

test('home whose list cannot be had hides only the customers that no move takes', async () => {
  const context = await routingContext();
  const user = await customer(context);
  withoutLists(context, context.home, down);
  await inForce(context, policyOf(context));
  expect((await routes(context, user.id))['DNB']).toBe(`${context.next}: share`);
});

test('the fault of a list is told where no list can be had', async () => {
  const context = await routingContext();
  const user = await customer(context);
  for (const { id } of context.providers) withoutLists(context, id, down);
  await inForce(context, policyOf(context));
  await expect(routedBanks(context, user.id)).rejects.toMatchObject({ code: 'bank_unavailable' });
});

test('a provider of the policy that is not live is passed over, and the log names it', async () => {
  const context = await routingContext();
  const user = await customer(context);
  await inForce(context, {
    ...policyOf(context),
    moves: [{ to: 'gone', whom: 'everyone', sharePercent: 100 }],
  });
  expect((await routes(context, user.id))['DNB']).toBe(`${context.home}: home`);
  expect(context.logged).toContainEqual(
    expect.objectContaining({ level: 'error', details: { provider: 'gone' } }),
  );
});

test('a customer whom a policy moved is back at home with a renewal, once the environment alone decides', async () => {
  const context = await routingContext();
  const user = await customer(context);
  await inForce(context, policyOf(context));
  const id = await linked(context, user, (await banksToLink(context, user))[0]?.bank.id ?? '');
  await inForce(context, undefined);
  context.clock.advance(1_000);
  await renewConnection(context, user, { id, access, locale: 'nb' });
  expect(await stored(context)).toMatchObject([
    { provider: context.next, routing_version: 1 },
    { provider: context.home, routing_version: 2, routing_reason: 'environment' },
  ]);
});

test('a customer whom a policy moved renews where they are if their bank is not at home', async () => {
  const context = await routingContext();
  const user = await customer(context);
  await inForce(context, policyOf(context));
  const id = await linked(context, user, (await banksToLink(context, user))[0]?.bank.id ?? '');
  await inForce(context, undefined);
  withoutLists(context, context.home, async () => []);
  context.clock.advance(1_000);
  await renewConnection(context, user, { id, access, locale: 'nb' });
  expect(await stored(context)).toMatchObject([
    { provider: context.next },
    { provider: context.next, routing_reason: 'kept' },
  ]);
});

test('a decision asks the database once, with a policy in force and without one', async () => {
  const context = await routingContext();
  const user = await customer(context);
  const id = await linked(context, user, (await banksToLink(context, user))[0]?.bank.id ?? '');
  let asked = 0;
  context.store.pool.on('acquire', () => (asked += 1));
  const count = async (act: Promise<unknown>): Promise<number> => {
    asked = 0;
    await act;
    return asked;
  };
  // A renewal reads the consent, too.
  const counts = async () => [
    await count(banksToLink(context, user)),
    await count(banksToLink(context, user, { renews: id })),
  ];
  // The background asks, too, as long as it has something to do about the bank that was linked.
  await expect.poll(counts).toEqual([1, 2]);
  await inForce(context, policyOf(context));
  await expect.poll(counts).toEqual([1, 2]);
});

test('brands with one BIC are all offered, each at the provider that names it', async () => {
  const context = await routingContext();
  const user = await customer(context);
  const { home, next } = context;
  withBrands(context, home, 'DNB', 'Sbanken');
  withBrands(context, next, 'DNB', 'Svea');
  await inForce(context, policyOf(context));
  expect(await routes(context, user.id)).toEqual({ DNB: `${next}: share`, Sbanken: `${home}: home` });
});

test('a brand is renewed as itself, not as another brand with its BIC', async () => {
  const context = await routingContext();
  const user = await customer(context);
  const { home } = context;
  withBrands(context, home, 'DNB', 'Sbanken');
  await inForce(context, policyOf(context, { sharePercent: 0 }));
  const renewal = { userId: user.id, provider: home, bankName: 'DNB', bankKey: dnb, isRouted: false };
  const renewed = async (name: string): Promise<string> =>
    (await routedRenewal(context, { ...renewal, bankId: `${home} ${name}` })).bank.name;
  expect([await renewed('DNB'), await renewed('Sbanken')]).toEqual(['DNB', 'Sbanken']);
});

test.each([
  ['cannot be asked', down],
  ['lists the bank no more', async () => []],
])('a consent whose provider %s is renewed where the policy says', async (_, listBanks) => {
  const context = await routingContext();
  const user = await customer(context);
  const id = await linked(context, user, (await banksToLink(context, user))[0]?.bank.id ?? '');
  withoutLists(context, context.home, listBanks);
  await inForce(context, policyOf(context));
  context.clock.advance(1_000);
  await renewConnection(context, user, { id, access, locale: 'nb' });
  expect(await stored(context)).toMatchObject([
    { provider: context.home },
    { provider: context.next, bank_key: dnb },
  ]);
});
