import { redirect } from '@tanstack/react-router';
import { handOver } from './arrival.ts';

/** Sumsub's script may run in the document of the verification and in no other; the server's policy says so. */
function isVerification(pathname: string): boolean {
  return /^\/verify\/?$/.test(pathname);
}

/** Which of the two this document is, from before any navigation in it. */
const wasServedForVerification = isVerification(window.location.pathname);

/**
 * Leaves the document where the screen belongs into another one, whose policy is another.
 *
 * @throws the redirect.
 */
export function assertOwnDocument({ pathname, href }: { pathname: string; href: string }): void {
  if (isVerification(pathname) === wasServedForVerification) return;
  handOver();
  redirect({ href, reloadDocument: true, replace: true, throw: true });
}
