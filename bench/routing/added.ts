import { startConnection } from '../../src/usecases/banking/link-bank.ts';
import type { UseCaseContext } from '../../src/usecases/context.ts';
import { costOf, inTurn, meanOfCheapest } from '../blocks.ts';
import type { Comparison, Readings } from '../harness.ts';
import {
  access,
  bankName,
  beginPayment,
  customer,
  linkAccount,
  locale,
  type LinkedAccount,
} from '../open-banking/linked-account.ts';
import { home, inForce, policyWith } from './policy.ts';

export const addedTitle = 'What a routing policy adds';
export const withoutPolicy = 'no policy';
export const withPolicy = 'a policy in force';
const again = 'no policy, again';

const blocks = 40;
const consentsPerBlock = 6;
const paymentsPerBlock = 3;

/** Nearly every customer stays at home: both sides call the same provider. */
const policies = new Map([
  [withoutPolicy, undefined],
  [withPolicy, policyWith({ sharePercent: 0 })],
  [again, undefined],
]);

/** A consent and a payment that are begun, with a policy in force and without one. */
export async function addedBench(context: UseCaseContext, rounds: number): Promise<Comparison> {
  const linked = await linkAccount(context, home);
  let round = new Map<string, Readings[]>();
  const sample = async (name: string): Promise<Readings> => {
    if (name === withoutPolicy)
      round = await inTurn(policies, blocks, async (policy) => {
        await inForce(context.store, policy);
        return block(context, linked);
      });
    return meanOfCheapest(round.get(name) ?? []);
  };
  return {
    title: addedTitle,
    method:
      'Processor of the process, a consent and a payment begun at the same provider through the use cases, the ' +
      'first with all that is asked of the provider for it; the policy is put in force and taken back between ' +
      `${blocks} blocks in turn, of which the cheapest half counts.`,
    unit: 'µs',
    baseline: withoutPolicy,
    warmups: 1,
    rounds,
    subjects: [...policies.keys()].map((name) => ({ name, sample: () => sample(name) })),
  };
}

async function block(context: UseCaseContext, linked: LinkedAccount): Promise<Readings> {
  const banks = await context.services.openBanking.pinned(home).ais?.listBanks();
  const bankId = banks?.find(({ name }) => name === bankName)?.id ?? '';
  const beginConsent = (): Promise<unknown> =>
    startConnection(context, linked.user, { bankId, access, locale, customer });
  const readings = {
    'a consent begun': await costOf(beginConsent, consentsPerBlock),
    'a payment begun': await costOf(() => beginPayment(context, linked), paymentsPerBlock),
  };
  // A decision reads the customer's consents: each block finds as many.
  await context.store.pool.query(`delete from bank_connections where status = 'pending'`);
  return readings;
}
