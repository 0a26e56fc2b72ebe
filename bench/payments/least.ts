/**
 * The least that the promise needs of a payment by redirect, of which the bank tells with three webhooks, and of which
 * the customer is told in the app and by mail. `docs/performance.md` has the reason for each.
 */
export const least = {
  /** Each commits what must survive the process. */
  writes: {
    'the balance that was read before': 1,
    'the intent, before the bank hears of it': 1,
    'the claim, so that one caller sends it': 1,
    'the answer of the bank': 1,
    'the return of the customer, and what was read then': 2,
    'three webhooks, each before it is acknowledged': 3,
    'their claims, so that one process handles each': 3,
    'what each reading says, with the mark that it was handled': 3,
    'the claim of the mail, the place in the pace of its server, and its outcome': 3,
    'the balance that was read after, and its place in the budget of the day': 2,
    'the calls, for the operators and the audit trail': 1,
  },
  reads: {
    'the session, for each of two requests': 2,
    'the payment of the key, before and after': 2,
    'the account and its consent': 1,
    'the customer, once more after the bank has answered': 1,
    'the same for the balance after': 2,
    'the payment of the return': 1,
    'the payment of each webhook': 3,
    'the address, whether it is suppressed, and the facts of the mail': 3,
  },
} as const;

const sum = (parts: Readonly<Record<string, number>>): number =>
  Object.values(parts).reduce((total, each) => total + each, 0);

export const leastTransactions = sum(least.writes) + sum(least.reads);
