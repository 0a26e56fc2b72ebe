/** The properties by which an account is recognised. */
export interface AccountMarks {
  accountNumber: string | undefined;
  /** The provider's own name for the account, stable over re-consent. */
  identity: string | undefined;
  /** ISO 4217 code; undefined where it is not known. */
  currency: string | undefined;
}

/** An account that a customer has, by every name that the provider in question ever gave it. */
export interface KnownAccount extends Omit<AccountMarks, 'identity'> {
  id: string;
  identities: readonly string[];
}

/** Whether two accounts of one consent are one, which a bank may list twice. */
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

/** The surest first. */
const likenesses: readonly Likeness[] = [
  (granted, known) => isOfNumber(granted, known) && isOfCurrency(granted, known),
  (granted, known) => isOfIdentity(granted, known) && isOfCurrency(granted, known),
  (granted, known) => isOfNumber(granted, known) && mayBeOfCurrency(granted, known),
  (granted, known) => isOfIdentity(granted, known) && mayBeOfCurrency(granted, known),
];

/**
 * Finds the accounts of a new consent among those that the customer has: for each its id, or undefined for one that is
 * new. An account is one per number and currency; where the bank gives no number, or another one than before, the
 * provider's identity tells. A currency that is not known is that of the one account that it may be. No account is
 * found twice, and where several may be meant, none is.
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
