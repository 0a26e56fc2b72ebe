import { redirect } from '@tanstack/react-router';
import { useSyncExternalStore } from 'react';
import { attempt } from './attempt.ts';

const path = '/confirm-email';
/** The entry in session storage: it survives the sign-in, and belongs to this tab. */
const key = 'drop-email-link';

let token: string | undefined;
const listeners = new Set<() => void>();

/**
 * Takes the token of the link that verifies an e-mail address out of the address, before any address is made from it:
 * a visitor is sent to the sign-in with the path to return to.
 *
 * @throws the router's redirect.
 */
export function takeEmailLink({ pathname, hash }: { pathname: string; hash: string }): void {
  const found = pathname === path ? /^token=([\w-]+)$/.exec(hash)?.[1] : undefined;
  if (found === undefined) return;
  show(found);
  attempt(() => window.sessionStorage.setItem(key, found));
  redirect({ to: path, hash: '', replace: true, throw: true });
}

/** The token of the link that was opened last in this tab, until `forgetEmailLink`. */
export function useEmailLink(): string | undefined {
  return useSyncExternalStore(subscribe, () => token ?? kept());
}

export function forgetEmailLink(): void {
  attempt(() => window.sessionStorage.removeItem(key));
  show(undefined);
}

function kept(): string | undefined {
  return attempt(() => window.sessionStorage.getItem(key)) ?? undefined;
}

function show(next: string | undefined): void {
  token = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
