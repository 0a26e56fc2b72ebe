import { bankKeyOf } from './bank-key.ts';

/**
 * The same bank as another provider lists it. Banks with one key are brands of one institution: among several of them
 * the name decides, and one with another name may be another bank. `own` are those of the bank's own list with its key,
 * and `others` those of the other provider.
 */
export function sameBankAmong<Bank extends { name: string }>(
  { name }: { name: string },
  own: readonly { name: string }[],
  others: readonly Bank[],
): Bank | undefined {
  const named = others.find((other) => isSameName(other.name, name));
  if (named) return named;
  const [only, ...more] = others;
  return more.length === 0 && own.every((each) => isSameName(each.name, name)) ? only : undefined;
}

function isSameName(one: string, other: string): boolean {
  return bankKeyOf({ name: one }) === bankKeyOf({ name: other });
}
