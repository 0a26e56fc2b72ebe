import { isDropError } from '#domain/errors.ts';
import { isSealed, type SealedPlace } from '#domain/sealer.ts';
import type { KeptLink, Payment } from '#store/payments.ts';
import type { UseCaseContext } from '../context.ts';

function placeOf(paymentId: string): SealedPlace {
  return { table: 'transactions', column: 'redirect_url', row: paymentId };
}

/** The link to the bank's page of a payment, as it is stored: it can carry a token. */
export function keptLink(
  { sealer }: Pick<UseCaseContext, 'sealer'>,
  paymentId: string,
  link: { url: string; expiresAt: Date | undefined },
): KeptLink {
  return { stored: sealer.seal(link.url, placeOf(paymentId)), expiresAt: link.expiresAt };
}

/**
 * Where the customer approves the payment; undefined without a link, after its expiry, and when it does not open, which
 * must not hide the payment itself.
 */
export function approvalLink(context: UseCaseContext, payment: Payment): string | undefined {
  const { id, redirectUrl: link } = payment;
  if (!link || (link.expiresAt && link.expiresAt <= context.clock.now())) return undefined;
  // Stored by a Drop that did not seal links yet.
  if (!isSealed(link.stored)) return link.stored;
  try {
    return context.sealer.open(link.stored, placeOf(id));
  } catch (error) {
    if (!isDropError(error)) throw error;
    context.log('error', 'the link to a bank’s page does not open', { paymentId: id, error });
    return undefined;
  }
}
