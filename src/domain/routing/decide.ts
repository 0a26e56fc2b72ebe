import { isInShare } from './cohort.ts';
import type { Move, RoutingPolicy } from './policy.ts';

/** A consent that a customer has or had, as far as routing asks. */
export interface EarlierConsent {
  provider: string;
  /** By `bankKeyOf`; undefined for a consent that an earlier version of Drop began. */
  bank: string | undefined;
}

export interface RoutedCustomer {
  id: string;
  /** Every consent that came about, whatever became of it; those that were begun last come first. */
  consents: readonly EarlierConsent[];
}

/**
 * Why a provider serves a consent: `environment` where no policy is in force, `home` where no move takes the customer,
 * `share` by the customer's place in the cohort, `named` by id, `moved` where the customer's last consent at the bank
 * is with the move's provider already, `kept` for a consent that renews one of that provider's without a policy in
 * force.
 */
export type RoutingReason = 'environment' | 'home' | 'share' | 'named' | 'moved' | 'kept';

export interface RoutingDecision {
  provider: string;
  reason: RoutingReason;
}

/**
 * The providers that may serve a consent of the customer at a bank, the first choice first, and `home` always last: it
 * serves where a provider that was chosen does not offer the bank.
 */
export function decideRoute(
  policy: RoutingPolicy,
  customer: RoutedCustomer,
  bank: string,
): RoutingDecision[] {
  return routesOf(policy, customer)(bank);
}

/** `decideRoute` for several banks of a customer: the place in each cohort is worked out once. */
export function routesOf(
  { salt, home, moves }: RoutingPolicy,
  customer: RoutedCustomer,
): (bank: string) => RoutingDecision[] {
  const open = moves.filter(
    ({ stopped, exceptCustomers }) => !stopped && !exceptCustomers?.includes(customer.id),
  );
  const taking = open.map((move) => ({
    move,
    isNamed: move.customers?.includes(customer.id) ?? false,
    isShared: isInShare(customer.id, `${salt}\n${move.to}`, move.sharePercent),
  }));
  return (bank) => [
    ...taking.flatMap((each): RoutingDecision[] => {
      const reason = reasonFor(each, customer, bank);
      return reason === undefined ? [] : [{ provider: each.move.to, reason }];
    }),
    { provider: home, reason: 'home' },
  ];
}

function reasonFor(
  { move, isNamed, isShared }: { move: Move; isNamed: boolean; isShared: boolean },
  { consents }: RoutedCustomer,
  bank: string,
): RoutingReason | undefined {
  if (move.banks && !move.banks.includes(bank)) return undefined;
  if (isNamed) return 'named';
  // A customer who was taken as a new one stays, though they are new no more. One who has consented elsewhere since
  // does not come back: a move that is begun again with a small share takes that share only.
  if (consents.find((consent) => (consent.bank ?? bank) === bank)?.provider === move.to) return 'moved';
  if (move.whom === 'new_customers' && consents.length > 0) return undefined;
  return isShared ? 'share' : undefined;
}
