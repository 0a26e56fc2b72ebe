import type { ErrorCause } from '#store/tables/messages.ts';

const causesShownMax = 3;

/** The most frequent causes, of all banks of a provider together. A bank is named where it is the only one. */
export function shownCauses(causes: readonly ErrorCause[]): ErrorCause[] {
  const together = Map.groupBy(causes, ({ code, provider }) => `${code} ${provider}`);
  return [...together.values()]
    .flatMap((ofCode) => shownCause(ofCode))
    .toSorted((left, right) => right.errors - left.errors)
    .slice(0, causesShownMax);
}

function shownCause(ofCode: readonly ErrorCause[]): ErrorCause[] {
  const [first] = ofCode;
  if (!first) return [];
  const { code, provider, bank } = first;
  const isOneBank = bank !== undefined && ofCode.every((cause) => cause.bank === bank);
  const errors = ofCode.reduce((sum, cause) => sum + cause.errors, 0);
  return [{ code, provider, ...(isOneBank && { bank }), errors }];
}
