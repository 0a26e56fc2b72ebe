/** The authentication context classes of each issuer, weakest first. Classes of different issuers are not compared. */
const ladders = [
  ['urn:bankid:bis', 'urn:bankid:bid'],
  ['idporten-loa-low', 'idporten-loa-substantial', 'idporten-loa-high'],
  ['urn:grn:authn:no:bankid', 'urn:grn:authn:no:bankid:substantial', 'urn:grn:authn:no:bankid:high'],
] as const satisfies readonly (readonly string[])[];

/**
 * Whether `reported` is at least as strong as the weakest of `asked`. The part after a semicolon is ignored, because
 * BankID writes both `urn:bankid:bid` and `urn:bankid:bid;LOA=4`.
 */
export function isStrongEnough(reported: string | undefined, asked: readonly string[]): boolean {
  if (reported === undefined) return false;
  const level = withoutSuffix(reported);
  return asked.map(withoutSuffix).some((least) => level === least || isAbove(level, least));
}

function isAbove(level: string, least: string): boolean {
  return ladders.some((ladder: readonly string[]) => {
    const from = ladder.indexOf(least);
    return from !== -1 && ladder.indexOf(level) > from;
  });
}

function withoutSuffix(acr: string): string {
  return acr.split(';')[0] ?? acr;
}
