import { bankKeyOf } from '#domain/routing/bank-key.ts';
import { decideRoute } from '#domain/routing/decide.ts';
import type { Move, RoutingPolicy } from '#domain/routing/policy.ts';
import { currentRouting } from '#store/routing/changes.ts';
import { banksEverLinked, earlierConsentsOf, pastPayments, type PastPayment } from '#store/routing/past.ts';
import type { OperatorContext } from '../context.ts';

/** The payments of a bank that would be with another provider after the next consent of their customers. */
export interface PlannedShift {
  from: string;
  to: string;
  bank: string;
  payments: number;
  customers: number;
}

/** The difference that a policy would make. */
export interface RoutingPlan {
  /** The version that is in force; 0 for the environment alone. */
  version: number;
  /** One sentence for each change of the policy; none where it is the same. */
  changes: string[];
  /** Banks of the policy, by key, that no customer ever linked: one that is misspelt, or a new one. */
  neverLinked: string[];
  /** How many payments were looked at, the newest ones; 0 where the environment alone would decide. */
  simulatedPayments: number;
  /** Those that stay with their provider. */
  stayingPayments: number;
  shifts: PlannedShift[];
}

/**
 * Compares a policy with the one in force, and plays the newest payments through it: which provider each would have,
 * once its customer consents anew. Changes nothing and asks no provider.
 */
export async function planPolicy(
  { store }: OperatorContext,
  policy: RoutingPolicy | undefined,
  { payments: limit }: { payments: number },
): Promise<RoutingPlan> {
  const { version, policy: before } = await currentRouting(store.database);
  // The environment is that of the server, which this process need not have.
  const payments = policy ? await pastPayments(store.database, limit) : [];
  const consents = await earlierConsentsOf(store.database, [
    ...new Set(payments.map(({ userId }) => userId)),
  ]);
  const routed = payments.map((payment) => {
    const bank = payment.bankKey ?? bankKeyOf({ name: payment.bankName });
    const customer = { id: payment.userId, consents: consents.get(payment.userId) ?? [] };
    const [first] = policy ? decideRoute(policy, customer, bank) : [];
    return { ...payment, to: first?.provider ?? payment.provider };
  });
  const shifted = routed.filter(({ provider, to }) => provider !== to);
  return {
    version,
    changes: changesOf(before, policy),
    neverLinked: policy ? neverLinked(policy, await banksEverLinked(store.database)) : [],
    simulatedPayments: payments.length,
    stayingPayments: payments.length - shifted.length,
    shifts: shiftsOf(shifted),
  };
}

function neverLinked({ moves }: RoutingPolicy, linked: ReadonlySet<string>): string[] {
  return [...new Set(moves.flatMap(({ banks }) => banks ?? []))].filter((bank) => !linked.has(bank));
}

function shiftsOf(shifted: readonly (PastPayment & { to: string })[]): PlannedShift[] {
  const groups = Map.groupBy(shifted, ({ provider, to, bankName }) => `${provider}\n${to}\n${bankName}`);
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group;
      if (!first) return [];
      const customers = new Set(group.map(({ userId }) => userId)).size;
      return [
        { from: first.provider, to: first.to, bank: first.bankName, payments: group.length, customers },
      ];
    })
    .toSorted((one, other) => other.payments - one.payments);
}

const atHome = 'its customers are at home from their next consent on';
const toEnvironment =
  'the environment alone decides: from their next consent on, customers of a move are at the provider that it names';

/** The changes from one policy to another, in words. */
function changesOf(before: RoutingPolicy | undefined, after: RoutingPolicy | undefined): string[] {
  if (!after) return before ? [toEnvironment] : [];
  const movesBefore = new Map(before?.moves.map((move) => [move.to, move]));
  const gone = before?.moves.filter(({ to }) => !after.moves.some((move) => move.to === to)) ?? [];
  return [
    ...(before?.home === after.home ? [] : [`home: ${before?.home ?? 'by the environment'} → ${after.home}`]),
    ...(before && before.salt !== after.salt
      ? ['the salt is another: every share is of other customers']
      : []),
    ...after.moves.flatMap((move) => changesOfMove(movesBefore.get(move.to), move)),
    ...gone.map(({ to }) => `no move to ${to}: ${to === after.home ? 'it is home' : atHome}`),
  ];
}

function changesOfMove(before: Move | undefined, after: Move): string[] {
  const parts = (
    ['whom', 'sharePercent', 'banks', 'customers', 'exceptCustomers', 'stopped'] as const
  ).flatMap((part) => {
    const [one, other] = [before?.[part], after[part]].map((value) => textOf(part, value));
    return one === other ? [] : [before ? `${part}: ${one} → ${other}` : `${part}: ${other}`];
  });
  return parts.length === 0 ? [] : [`to ${after.to}: ${parts.join('; ')}`];
}

/** Customers are counted, not named. */
function textOf(part: keyof Move, value: Move[keyof Move]): string {
  if (value === undefined) return part === 'banks' ? 'all' : 'none';
  if (Array.isArray(value)) return part === 'banks' ? value.join(', ') : `${value.length}`;
  return typeof value === 'object' ? 'yes' : String(value);
}
