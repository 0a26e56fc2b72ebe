import { DropError } from '#domain/errors.ts';
import { bankKeyOf } from '#domain/routing/bank-key.ts';
import { routesOf, type RoutingDecision } from '#domain/routing/decide.ts';
import type { RoutingPolicy } from '#domain/routing/policy.ts';
import type { Bank, OpenBankingProvider } from '#services/open-banking/service.ts';
import type { BankConnection, RoutedBy } from '#store/bank-connections.ts';
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

async function banksBy(
  context: UseCaseContext,
  userId: string,
  { version, policy, consents }: CustomerRouting,
): Promise<RoutedBank[]> {
  if (policy === undefined) return ofEnvironment(context, userId, version);
  const lists = await listsOf(context, policy);
  const routes = routesOf(policy, { id: userId, consents });
  return [...new Set([...lists.values()].flatMap((banks) => [...banks.keys()]))].flatMap((key) => {
    const routed = routedTo(context, lists, { key, routes: routes(key) });
    return routed === undefined ? [] : [{ ...routed, routedBy: { version, reason: routed.reason } }];
  });
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

/**
 * The bank of a consent that is renewed: where the policy says, and without one at the provider of the consent. A
 * consent that a policy of before gave to that provider is renewed where the environment says, if the bank is there.
 *
 * @throws {DropError} `bank_unknown` where no provider that serves the customer has the bank any more.
 */
export async function routedRenewal(
  context: UseCaseContext,
  {
    userId,
    provider: id,
    bankId,
    isRouted,
  }: Pick<BankConnection, 'userId' | 'provider' | 'bankId' | 'isRouted'>,
): Promise<RoutedBank> {
  const routing = await routingOf(context.store.database, userId);
  const banks = routing.policy || isRouted ? await banksBy(context, userId, routing) : [];
  if (routing.policy) return bankAmong(context, banks, bankId);
  const atHome = isRouted ? await sameBank(context, banks, bankId) : undefined;
  if (atHome) return atHome;
  const provider = context.services.openBanking.all().find((live) => live.id === id);
  const bank = (await provider?.ais?.listBanks())?.find((each) => each.id === bankId && each.readsBalances);
  if (provider && bank)
    return { key: bankKeyOf(bank), bank, provider, routedBy: { version: routing.version, reason: 'kept' } };
  throw new DropError('bank_unknown', { message: 'its provider does not have the bank any more' });
}

/** A customer may have the list of an earlier policy open, or renew a consent that another provider holds. */
async function sameBank(
  { services }: UseCaseContext,
  banks: readonly RoutedBank[],
  bankId: string,
): Promise<RoutedBank | undefined> {
  for (const provider of services.openBanking.all()) {
    const listed = await provider.ais?.listBanks().catch(() => []);
    const bank = listed?.find(({ id }) => id === bankId);
    if (bank) return banks.find(({ key }) => key === bankKeyOf(bank));
  }
  return undefined;
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

/** Banks by their key, at a provider. */
type Lists = ReadonlyMap<string, ReadonlyMap<string, Bank>>;

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
      return [provider.id, new Map(readable(banks).map((bank) => [bankKeyOf(bank), bank]))] as const;
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

/** The first choice of the policy that offers the bank. */
function routedTo(
  { services }: UseCaseContext,
  lists: Lists,
  { key, routes }: { key: string; routes: readonly RoutingDecision[] },
): (Omit<RoutedBank, 'routedBy'> & Pick<RoutingDecision, 'reason'>) | undefined {
  for (const { provider: id, reason } of routes) {
    const bank = lists.get(id)?.get(key);
    if (bank) return { key, bank, provider: services.openBanking.pinned(id), reason };
  }
  return undefined;
}

function readable(banks: readonly Bank[]): Bank[] {
  return banks.filter(({ readsBalances }) => readsBalances);
}
