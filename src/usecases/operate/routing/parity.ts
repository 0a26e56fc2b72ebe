import type { ParityOutcome } from '#domain/routing/parity.ts';
import {
  countComparisons,
  listDifferences,
  type Comparison,
  type ComparisonCount,
} from '#store/routing/parity.ts';
import { knownBanks } from '#store/routing/usage.ts';
import type { OperatorContext } from '../context.ts';

/** More accounts than an operator looks at. */
const differencesMax = 20;

/** How the balances at two providers agreed, of accounts at one bank. */
export interface Parity {
  from: string;
  to: string;
  bank: string;
  compared: number;
  outcomes: Record<ParityOutcome, number>;
  /** Why balances could not be read. */
  faults: { code: string; provider: string; count: number }[];
}

export interface ParityReport {
  pairs: Parity[];
  /** The newest comparisons that found different balances. */
  differences: Pick<Comparison, 'accountId' | 'formerProvider' | 'newProvider' | 'apartMs' | 'at'>[];
}

/** The comparisons of balances at two providers since a time. */
export async function routingParity({ store }: OperatorContext, since: Date): Promise<ParityReport> {
  const { database } = store;
  const counts = await countComparisons(database, since);
  const banks = await knownBanks(database);
  const pairs = Map.groupBy(counts, ({ formerProvider, newProvider, bankKey }) =>
    [formerProvider, newProvider, bankKey].join('\n'),
  );
  return {
    pairs: [...pairs.values()].map((group) => parityOf(group, banks)),
    differences: await listDifferences(database, { since, limit: differencesMax }),
  };
}

function parityOf(group: readonly ComparisonCount[], banks: ReadonlyMap<string, string>): Parity {
  const { formerProvider = '', newProvider = '', bankKey = '' } = group[0] ?? {};
  const sum = (outcome: ParityOutcome): number =>
    group.reduce((total, row) => total + (row.outcome === outcome ? row.count : 0), 0);
  const outcomes = {
    equal: sum('equal'),
    different: sum('different'),
    not_comparable: sum('not_comparable'),
    not_readable: sum('not_readable'),
  };
  return {
    from: formerProvider,
    to: newProvider,
    bank: banks.get(bankKey) ?? bankKey,
    compared: group.reduce((total, { count }) => total + count, 0),
    outcomes,
    faults: group.flatMap(({ fault, count }) => (fault ? [{ ...fault, count }] : [])),
  };
}
