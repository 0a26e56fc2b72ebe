import { DropError } from '#domain/errors.ts';
import { orderedAccountNumber } from '#services/open-banking/ordered-account.ts';
import { readReference, writeReference } from './links.ts';

/**
 * The standard promises no id in the answer about a payment, consent or account. Some banks give one, and it must then
 * be that of what was asked about.
 */
const notPromised = [undefined, null, ''] as const;

/** The name under which an initiation's answer is kept, to be compared with later ones. */
export const paymentIdKept = 'paymentId';

/**
 * The reference of the payment that an answer is about: the one that was asked about, unless the answer names another.
 *
 * @param given `paymentId` of the answer, as it came.
 * @param kept `paymentId` of the initiation; payments of an earlier version have none, and nothing is compared.
 */
export function reportedReference(reference: string, given: unknown, kept: string | undefined): string {
  if (kept === undefined || isSame(given, kept)) return reference;
  return writeReference(readReference(reference)?.bankId ?? '', written(given));
}

/** @throws {DropError} `provider_invalid_response` where the answer names another consent than `reference`. */
export function assertConsent(reference: string, consentId: unknown): void {
  if (!isSame(consentId, readReference(reference)?.name)) throw another('consent');
}

/** @throws {DropError} `provider_invalid_response` where the answer names another account than `accountNumber`. */
export function assertAccount(
  accountNumber: string | undefined,
  account: Parameters<typeof orderedAccountNumber>[0] | undefined | null,
): void {
  const given = orderedAccountNumber(account ?? {});
  if (given !== undefined && accountNumber !== undefined && given !== accountNumber) throw another('account');
}

/** Some banks write ids as numbers. Anything else that is no text is another id. */
function isSame(given: unknown, asked: string | undefined): boolean {
  return notPromised.some((nothing) => given === nothing) || written(given) === asked?.toLowerCase();
}

function written(given: unknown): string {
  const isPlain = typeof given === 'string' || typeof given === 'number';
  return isPlain ? String(given).slice(0, 200).toLowerCase() : 'unreadable';
}

function another(subject: 'consent' | 'account'): DropError {
  const message = `the answer is about another ${subject} than the one that was asked about`;
  return new DropError('provider_invalid_response', {
    message,
    outcome: 'unknown',
    provider: 'berlin-group',
  });
}
