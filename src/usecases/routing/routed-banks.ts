import { DropError } from '#domain/errors.ts';
import { bankKeyOf } from '#domain/routing/bank-key.ts';
import { routesOf, type RoutingDecision } from '#domain/routing/decide.ts';
import type { RoutingPolicy } from '#domain/routing/policy.ts';
import { sameBankAmong } from '#domain/routing/same-bank.ts';
import type { Bank, OpenBankingProvider } from '#services/open-banking/service.ts';
import type { RoutedBy } from '#store/bank-connections.ts';
import { routingOf, type CustomerRouting } from '#store/routing/customers.ts';
import { accountInformation } from '../banking/account-information.ts';
import type { UseCaseContext } from '../context.ts';

/** A bank that a customer can link, and the provider that serves the consent. */
export interface RoutedBank {
  /** The same at every provider. */
  key: string;
  /** As that provider lists it. */
  bank: Bank;
  provider: OpenBankingProvider;
  routedBy: RoutedBy;
  /** The live provider of the consent that is renewed, where another one serves the renewal. */
  movedFrom?: OpenBankingProvider | undefined;
}

/**
 * The banks that a customer can link now. A provider that the policy chooses and that cannot be asked, or does not
 * offer the bank, is passed over: nothing has been begun yet, so the next choice serves.
 *
 * @throws {DropError} `bank_unavailable` and the others of the provider's list, where no provider can be asked.
 */
export async function routedBanks(context: UseCaseContext, userId: string): Promise<RoutedBank[]> {
  return banksBy(context, userId, await routingOf(context.store.database, userId));
}

/** The banks that the policy, as it was read, gives the customer. */
export async function banksBy(
  context: UseCaseContext,
  userId: string,
  { version, policy, consents }: CustomerRouting,
): Promise<RoutedBank[]> {
  if (policy === undefined) return ofEnvironment(context, userId, version);
  const lists = await listsOf(context, policy);
  const route = routesOf(policy, { id: userId, consents });
  const keys = new Set([...lists.values()].flatMap((banks) => [...banks.keys()]));
  return [...keys].flatMap((key) =>
    routedTo(lists, key, route(key)).map(({ bank, provider, reason }) => {
      const routedBy = { version, reason };
      return { key, bank, provider: context.services.openBanking.pinned(provider), routedBy };
    }),
  );
}

/**
 * The bank of that id, or, where another provider serves the customer's consent there by now, the same bank there.
 *
 * @throws {DropError} `bank_unknown`, and what `routedBanks` throws.
 */
export async function routedBank(
  context: UseCaseContext,
  userId: string,
  bankId: string,
): Promise<RoutedBank> {
  return bankAmong(context, await routedBanks(context, userId), bankId);
}

async function bankAmong(
  context: UseCaseContext,
  banks: readonly RoutedBank[],
  bankId: string,
): Promise<RoutedBank> {
  const found = banks.find(({ bank }) => bank.id === bankId) ?? (await sameBank(context, banks, bankId));
  if (found) return found;
  throw new DropError('bank_unknown', { message: 'no such bank at the providers that serve the customer' });
}

/** A customer may have the list of an earlier policy open. */
async function sameBank(
  { services }: UseCaseContext,
  banks: readonly RoutedBank[],
  bankId: string,
): Promise<RoutedBank | undefined> {
  for (const provider of services.openBanking.all()) {
    const listed = (await provider.ais?.listBanks().catch(() => [])) ?? [];
    const bank = listed.find(({ id }) => id === bankId);
    if (bank) return routedAs(banks, bank, listed);
  }
  return undefined;
}

/** A bank of a provider's list, as it is routed. */
export function routedAs(
  banks: readonly RoutedBank[],
  bank: Bank,
  listed: readonly Bank[],
): RoutedBank | undefined {
  const key = bankKeyOf(bank);
  const routed = banks.filter((each) => each.key === key);
  const own = listed.filter((each) => bankKeyOf(each) === key);
  const same = sameBankAmong(
    bank,
    own,
    routed.map((each) => each.bank),
  );
  return routed.find((each) => each.bank === same);
}

async function ofEnvironment(
  { services }: UseCaseContext,
  customerId: string,
  version: number,
): Promise<RoutedBank[]> {
  const provider = services.openBanking.forNewConsent({ customerId });
  const banks = await accountInformation(provider).listBanks();
  const routedBy = { version, reason: 'environment' } as const;
  return readable(banks).map((bank) => ({ key: bankKeyOf(bank), bank, provider, routedBy }));
}

/** Banks by their key, at a provider. Brands of one institution share a key. */
type Lists = ReadonlyMap<string, ReadonlyMap<string, readonly Bank[]>>;

/** What each provider of the policy offers, home first. */
async function listsOf(context: UseCaseContext, { home, moves }: RoutingPolicy): Promise<Lists> {
  const chosen = [home, ...moves.filter(({ stopped }) => !stopped).map(({ to }) => to)];
  const live = chosen.flatMap((id) => liveProvider(context, id) ?? []);
  if (live.length === 0)
    throw new DropError('bank_unavailable', { message: 'no provider of the routing policy is live' });
  const faults: unknown[] = [];
  const lists = await Promise.all(
    live.map(async (provider) => {
      const banks = await accountInformation(provider)
        .listBanks()
        .catch((error: unknown) => {
          faults.push(error);
          context.log('warn', 'the banks of a provider are left out', { provider: provider.id, error });
          return [];
        });
      return [provider.id, Map.groupBy(readable(banks), bankKeyOf)] as const;
    }),
  );
  if (faults.length === live.length) throw faults[0];
  return new Map(lists);
}

function liveProvider({ services, log }: UseCaseContext, id: string): OpenBankingProvider | undefined {
  const provider = services.openBanking.all().find((candidate) => candidate.id === id);
  if (provider?.ais) return provider;
  log('error', 'the routing policy names a provider that is not live', { provider: id });
  return undefined;
}

/** Each bank of the last choice that offers any, which is home as a rule, at the first choice that offers it. */
function routedTo(
  lists: Lists,
  key: string,
  decisions: readonly RoutingDecision[],
): (RoutingDecision & { bank: Bank })[] {
  const choices = decisions.flatMap((decision) => {
    const banks = lists.get(decision.provider)?.get(key);
    return banks ? [{ ...decision, banks }] : [];
  });
  const own = choices.at(-1)?.banks ?? [];
  const routed = own.flatMap((bank) => {
    for (const { banks, ...decision } of choices) {
      const found = banks === own ? bank : sameBankAmong(bank, own, banks);
      if (found) return [{ ...decision, bank: found }];
    }
    return [];
  });
  return routed.filter(({ bank }, index) => routed.findIndex((each) => each.bank === bank) === index);
}

function readable(banks: readonly Bank[]): Bank[] {
  return banks.filter(({ readsBalances }) => readsBalances);
}
