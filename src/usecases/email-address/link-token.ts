import { linkTokenPlace, type LinkToken } from '#store/own-email-addresses.ts';
import type { UseCaseContext } from '../context.ts';

/** How long the link to verify an address can be used after it was last asked for. */
const linkMs = 86_400_000;

/** A new token for the link to the address with the id `addressId`. */
export function newLinkToken({ clock, entropy, sealer }: UseCaseContext, addressId: string): LinkToken {
  const token = entropy.token();
  return { token, sealed: sealer.seal(token, linkTokenPlace(addressId)), expiresAt: linkExpiry(clock.now()) };
}

export function linkExpiry(at: Date): Date {
  return new Date(at.getTime() + linkMs);
}
