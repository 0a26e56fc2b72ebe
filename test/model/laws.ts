import { isFinal, paymentTransitions } from '#domain/payment/status.ts';
import type { Guards } from './guards.ts';
import { isApprovable } from './outside-steps.ts';
import { isOver } from './row.ts';
import type { Bank, World } from './world.ts';

export const paidAtMostOnce = 'an order is paid at most once';

/** The law that a world breaks, or the step that led to it. */
export function brokenLaw(
  world: World,
  before: World | undefined,
  { bank, guards }: { bank: Bank; guards: Guards },
): string | undefined {
  const { drop, isToldNo } = world;
  const settled = world.bank.filter(({ status }) => status === 'settled');
  if (settled.length > 1) return paidAtMostOnce;
  if (isToldNo && settled.length > 0) return 'a customer who read that no money moves is right';
  if (world.bank.filter((_payment, number) => isApprovable(world, number, bank)).length > 1)
    return 'the customer never has two payments of one order to approve';
  if (drop.status === 'settled' && isOver(drop) && world.bank[drop.reference ?? -1]?.status !== 'settled')
    return 'a payment is settled only where the bank has settled it';
  return before && brokenBetween(before, world, guards);
}

function brokenBetween({ drop: before }: World, { drop }: World, guards: Guards): string | undefined {
  if (before.reference !== undefined && drop.reference !== before.reference)
    return 'a payment keeps its reference';
  if (drop.status === before.status) return undefined;
  if (isFinal(before.status) && before.status !== 'failed') return 'a final status stays';
  // A Drop that sends again against the table shall be found by the harm that it does.
  if (!guards.sendsOnlyWhatIsNotThere || !guards.waitsForQuarantine) return undefined;
  return paymentTransitions[before.status].includes(drop.status)
    ? undefined
    : 'a status moves along the table';
}

/**
 * Whether nothing more has to happen: Drop and the bank agree, or the operators know. They hear of a contradiction, and
 * of an unknown payment that only they can clear up.
 */
export function isResolved({ drop, bank: payments, elapsed }: World, bank: Bank): boolean {
  if (drop.contradiction !== undefined) return true;
  if (drop.status === 'unknown') return elapsed === 2 && !bank.needsApproval && payments.length === 0;
  const isPaid = payments.some(({ status }) => status === 'settled');
  return isFinal(drop.status) && (drop.status === 'settled') === isPaid;
}
