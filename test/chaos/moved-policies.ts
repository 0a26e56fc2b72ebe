import { systemClock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { isInShare } from '#domain/routing/cohort.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { applyPolicy } from '#usecases/operate/routing/change.ts';
import { readPolicy } from '#usecases/operate/routing/read-policy.ts';
import type { MovedCustomer } from './moved-customer.ts';
import { banks } from './bank-customers.ts';
import type { Stage } from './stage.ts';

/** A policy, and the provider that is to serve a customer's next consent while it is in force. */
export interface MovedStep {
  policy: object;
  providerOf(customer: MovedCustomer): string;
}

export const providerIds = openBankingProviders.map(({ id }) => id);
const [first = '', second = '', third = ''] = providerIds;

/** Takes more customers with each share. A customer who was taken, or was there before, stays. */
function byShare(home: string, to: string, shares: readonly number[]): MovedStep[] {
  const salt = `from ${home} to ${to}`;
  return shares.map((sharePercent) => ({
    policy: { salt, home, moves: [{ to, whom: 'everyone', sharePercent }] },
    providerOf: ({ userId, served }) =>
      served.at(-1) === to || isInShare(userId, `${salt}\n${to}`, sharePercent) ? to : home,
  }));
}

/** Takes the customers of one bank more with each step. */
function byBank(home: string, to: string): MovedStep[] {
  return banks.map((_, index) => {
    const taken: readonly string[] = banks.slice(0, index + 1).map(({ bic }) => bic);
    const move = { to, whom: 'everyone', sharePercent: 100, banks: taken };
    return {
      policy: { salt: 'by bank', home, moves: [move] },
      providerOf: ({ bank }) => (taken.includes(bank.bic) ? to : home),
    };
  });
}

/** By share and by bank, from wherever the customers are to the second provider, the third, and the first. */
export const fullSteps: readonly MovedStep[] = [
  ...byShare(first, second, [10, 50, 100]),
  ...byBank(second, third),
  ...byShare(third, first, [10, 50, 100]),
];

/** The same without the way back. */
export const shortSteps: readonly MovedStep[] = [
  ...byShare(first, second, [50, 100]),
  ...byBank(second, third),
];

/** Names each customer at the provider where they are wanted. */
function policyByName(wanted: ReadonlyMap<string, string>): object {
  const all = [...wanted.keys()];
  const moves = providerIds
    .filter((to) => to !== first)
    .map((to) => {
      const customers = all.filter((id) => wanted.get(id) === to);
      const exceptCustomers = all.filter((id) => wanted.get(id) !== to);
      return { to, whom: 'everyone', sharePercent: 0, customers, exceptCustomers };
    });
  return { salt: 'by name', home: first, moves };
}

/** Puts policies in force, one after the other. */
export function policies({ store }: Stage) {
  const wanted = new Map<string, string>();
  let last: Promise<unknown> = Promise.resolve();
  async function apply(policy: object): Promise<void> {
    const read = readPolicy(JSON.stringify(policy), providerIds);
    await applyPolicy({ store, clock: systemClock, entropy: systemEntropy }, read, {
      by: 'chaos',
      reason: 'a move',
    });
  }
  return {
    apply,
    /** Says where a customer is to be served. */
    move(userId: string, to: string): Promise<unknown> {
      wanted.set(userId, to);
      return (last = last.then(() => apply(policyByName(wanted))));
    },
  };
}
