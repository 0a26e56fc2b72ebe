import { DropError } from '#domain/errors.ts';
import { bankKeyOf } from '#domain/routing/bank-key.ts';
import { sameBankAmong } from '#domain/routing/same-bank.ts';
import type { BankConnection } from '#store/bank-connections.ts';
import { routingOf } from '#store/routing/customers.ts';
import type { UseCaseContext } from '../context.ts';
import { banksBy, routedAs, type RoutedBank } from './routed-banks.ts';

type Renewed = Pick<BankConnection, 'userId' | 'provider' | 'bankId' | 'bankName' | 'bankKey' | 'isRouted'>;

/**
 * The bank of a consent that is renewed: where the policy says, and without one at the provider of the consent. A
 * consent that a policy of before gave to that provider is renewed where the environment says, if the bank is there.
 *
 * @throws {DropError} `bank_unknown` where no provider that serves the customer has the bank any more.
 */
export async function routedRenewal(context: UseCaseContext, renewed: Renewed): Promise<RoutedBank> {
  const routing = await routingOf(context.store.database, renewed.userId);
  const { version, policy } = routing;
  if (policy || renewed.isRouted) {
    const routed = await bankOf(context, await banksBy(context, renewed.userId, routing), renewed);
    if (routed) return routed;
  }
  const provider = context.services.openBanking.all().find(({ id }) => id === renewed.provider);
  const bank = policy
    ? undefined
    : (await provider?.ais?.listBanks())?.find(
        ({ id, readsBalances }) => id === renewed.bankId && readsBalances,
      );
  if (provider && bank)
    return { key: bankKeyOf(bank), bank, provider, routedBy: { version, reason: 'kept' } };
  throw new DropError('bank_unknown', { message: 'no provider that serves the customer has the bank' });
}

/** The consent's own provider may be down, or have dropped the bank: then what is stored of the bank names it. */
async function bankOf(
  { services }: UseCaseContext,
  banks: readonly RoutedBank[],
  { provider: id, bankId, bankName: name, bankKey }: Renewed,
): Promise<RoutedBank | undefined> {
  const there = banks.find(({ provider, bank }) => provider.id === id && bank.id === bankId);
  if (there) return there;
  const ais = services.openBanking.all().find((provider) => provider.id === id)?.ais;
  const listed = (await ais?.listBanks().catch(() => [])) ?? [];
  const bank = listed.find((each) => each.id === bankId);
  if (bank) return routedAs(banks, bank, listed);
  const routed = banks.filter(({ key }) => key === (bankKey ?? bankKeyOf({ name })));
  const same = sameBankAmong(
    { name },
    [],
    routed.map((each) => each.bank),
  );
  return routed.find((each) => each.bank === same);
}
