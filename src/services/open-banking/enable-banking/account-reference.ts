/**
 * Drop's reference to an account within a consent: the provider's `uid`, the account's bank, and two facts that the
 * provider states only when the consent is given: whether the account has a credit limit, and its currency where that
 * is not NOK. Written `uid@bank`, `uid+credit@bank`, `uid+EUR@bank` or `uid+credit+EUR@bank`.
 */
export interface AccountReference {
  uid: string;
  bankId: string;
  hasCredit: boolean;
  /** Undefined is NOK, or not known. */
  currency?: string | undefined;
}

const pattern = /^([\w-]{1,100})(\+credit)?(?:\+([A-Z]{3}))?@(.+)$/s;

export function writeAccountReference({ uid, bankId, hasCredit, currency }: AccountReference): string {
  const other = currency === undefined || currency === 'NOK' ? '' : `+${currency}`;
  return `${uid}${hasCredit ? '+credit' : ''}${other}@${bankId}`;
}

export function readAccountReference(reference: string): AccountReference | undefined {
  const [, uid, credit, currency, bankId] = pattern.exec(reference) ?? [];
  if (uid === undefined || bankId === undefined) return undefined;
  return { uid, bankId, hasCredit: credit !== undefined, currency };
}
