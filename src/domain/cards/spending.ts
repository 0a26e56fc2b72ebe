/** The intervals of Stripe's `spending_controls.spending_limits` that Drop offers. */
export const spendingIntervals = ['per_authorization', 'daily', 'weekly', 'monthly', 'yearly'] as const;
export type SpendingInterval = (typeof spendingIntervals)[number];

/** How much a card may spend in an interval. */
export interface SpendingLimit {
  /** Minor units of the card's currency. */
  amount: number;
  interval: SpendingInterval;
}

/** An approved purchase of a card or of one that it replaces, since limits span the replacements. */
export interface Spent {
  amount: number;
  at: Date;
}

const dayMs = 86_400_000;

/**
 * When the interval that holds `at` began. Stripe's intervals begin at midnight UTC, the week's on Sunday, the month's
 * and the year's on the first. A single authorisation has no earlier ones.
 */
export function startOfInterval(interval: SpendingInterval, at: Date): Date {
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
  switch (interval) {
    case 'per_authorization':
      return at;
    case 'daily':
      return new Date(Date.UTC(year, month, day));
    case 'weekly':
      return new Date(Date.UTC(year, month, day) - at.getUTCDay() * dayMs);
    case 'monthly':
      return new Date(Date.UTC(year, month, 1));
    case 'yearly':
      return new Date(Date.UTC(year, 0, 1));
  }
}

/** Whether a purchase fits in a limit, after what was spent in its interval. A purchase of exactly the rest fits. */
export function fitsIn(
  { amount, interval }: SpendingLimit,
  purchase: Spent,
  spent: readonly Spent[],
): boolean {
  const since = startOfInterval(interval, purchase.at);
  const counted = interval === 'per_authorization' ? [] : spent.filter(({ at }) => at >= since);
  return counted.reduce((sum, each) => sum + each.amount, purchase.amount) <= amount;
}
