/**
 * What Drop keeps of an account within a consent: the provider's `uid`, the bank that it is at, and whether it has a
 * credit limit, which the provider says once, when the consent is given. Written `uid@bank` or `uid+credit@bank`.
 */
export interface AccountReference {
  uid: string;
  bankId: string;
  hasCredit: boolean;
}

const pattern = /^([0-9a-fA-F-]{1,64})(\+credit)?@(.+)$/;

export function writeAccountReference({ uid, bankId, hasCredit }: AccountReference): string {
  return `${uid}${hasCredit ? '+credit' : ''}@${bankId}`;
}

export function readAccountReference(reference: string): AccountReference | undefined {
  const [, uid, credit, bankId] = pattern.exec(reference) ?? [];
  if (uid === undefined || bankId === undefined) return undefined;
  return { uid, bankId, hasCredit: credit !== undefined };
}
