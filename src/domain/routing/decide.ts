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
  const chosen = policy.moves.flatMap((move): RoutingDecision[] => {
    const reason = reasonFor(policy, move, { customer, bank });
    return reason === undefined ? [] : [{ provider: move.to, reason }];
  });
  return [...chosen, { provider: policy.home, reason: 'home' }];
}

function reasonFor(
  { salt }: RoutingPolicy,
  move: Move,
  { customer, bank }: { customer: RoutedCustomer; bank: string },
): RoutingReason | undefined {
  const { id, consents } = customer;
  if (move.stopped || move.exceptCustomers?.includes(id)) return undefined;
  if (move.banks && !move.banks.includes(bank)) return undefined;
  if (move.customers?.includes(id)) return 'named';
  // A customer who was taken as a new one stays, though they are new no more. One who has consented elsewhere since
  // does not come back: a move that is begun again with a small share takes that share only.
  if (consents.find((consent) => (consent.bank ?? bank) === bank)?.provider === move.to) return 'moved';
  if (move.whom === 'new_customers' && consents.length > 0) return undefined;
  return isInShare(id, `${salt}\n${move.to}`, move.sharePercent) ? 'share' : undefined;
}
