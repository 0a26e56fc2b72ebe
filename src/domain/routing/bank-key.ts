/**
 * A bank's name across providers: each of them has its own ids and spells the name its own way, and the BIC is the
 * same (ISO 9362; the first eight characters name the bank, the rest a branch). Without a BIC it is the name in small
 * letters and digits.
 */
export function bankKeyOf({ bic, name }: { bic?: string | undefined; name: string }): string {
  const institution = /^[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}/.exec(bic?.trim().toUpperCase() ?? '')?.[0];
  return (
    institution ??
    `name:${name
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '')}`
  );
}
