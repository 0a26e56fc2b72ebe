/** The properties that identify an account. */
export interface AccountMarks {
  accountNumber: string | undefined;
  /** The provider's own identifier for the account, which stays the same across consents. */
  identity: string | undefined;
  /** ISO 4217 code; undefined when the currency is not known. */
  currency: string | undefined;
}

/** An account that the customer already has, with every identifier that the provider has ever given it. */
export interface KnownAccount extends Omit<AccountMarks, 'identity'> {
  id: string;
  identities: readonly string[];
}

/** Whether two entries of one consent are the same account: some banks list an account twice. */
export function isSameAccount(one: AccountMarks, other: AccountMarks): boolean {
  if (one.currency !== other.currency) return false;
  if (one.accountNumber !== undefined && other.accountNumber !== undefined)
    return one.accountNumber === other.accountNumber;
  return one.identity !== undefined && one.identity === other.identity;
}

type Likeness = (granted: AccountMarks, known: KnownAccount) => boolean;

const isOfNumber: Likeness = ({ accountNumber }, known) =>
  accountNumber !== undefined && accountNumber === known.accountNumber;
const isOfIdentity: Likeness = ({ identity }, known) =>
  identity !== undefined && known.identities.includes(identity);
const isOfCurrency: Likeness = ({ currency }, known) => currency === known.currency;
const mayBeOfCurrency: Likeness = ({ currency }, known) =>
  currency === undefined || known.currency === undefined || currency === known.currency;

/** In order of certainty, the most certain first. */
const likenesses: readonly Likeness[] = [
  (granted, known) => isOfNumber(granted, known) && isOfCurrency(granted, known),
  (granted, known) => isOfIdentity(granted, known) && isOfCurrency(granted, known),
  (granted, known) => isOfNumber(granted, known) && mayBeOfCurrency(granted, known),
  (granted, known) => isOfIdentity(granted, known) && mayBeOfCurrency(granted, known),
];

/**
 * Matches the accounts of a new consent against those that the customer already has. The answer holds, for each granted
 * account, the id of the known account, or undefined when the account is new. An account is identified by its number
 * and currency. When the bank gives no number, or a different one than before, the provider's identity is compared
 * instead. An unknown currency matches any currency, but only if exactly one account qualifies. A known account is
 * matched at most once, and an ambiguous match counts as none.
 */
export function matchAccounts(
  granted: readonly AccountMarks[],
  known: readonly KnownAccount[],
): (string | undefined)[] {
  const found = new Map<AccountMarks, string>();
  for (const isLike of likenesses)
    for (const account of granted) {
      if (found.has(account)) continue;
      const taken = new Set(found.values());
      const [candidate, ...more] = known
        .filter(({ id }) => !taken.has(id))
        .filter((each) => isLike(account, each));
      if (candidate !== undefined && more.length === 0) found.set(account, candidate.id);
    }
  return granted.map((account) => found.get(account));
}
