import { redirect } from '@tanstack/react-router';
import { handOver } from './arrival.ts';

/** The server's content security policy allows Sumsub's script in the document of the identity check only. */
function isVerification(pathname: string): boolean {
  return /^\/verify\/?$/.test(pathname);
}

/** Whether this document was loaded for the identity check; read before any navigation. */
const wasServedForVerification = isVerification(window.location.pathname);

/**
 * Loads a new document if the screen needs another content security policy than this document has.
 *
 * @throws the router's redirect.
 */
export function assertOwnDocument({ pathname, href }: { pathname: string; href: string }): void {
  if (isVerification(pathname) === wasServedForVerification) return;
  handOver();
  redirect({ href, reloadDocument: true, replace: true, throw: true });
}
