import { addressUnder } from '#domain/address.ts';
import type { Alert } from '#domain/alert-text.ts';
import type { AlertKind } from './kind.ts';
import { alertKinds, type AlertKey, type AlertParameters } from './kinds.ts';

/** Where the pages are in the repository, for a Drop whose documents have no address. */
const runbookDefault = 'docs/runbook';

/**
 * The alert as operators read it: what happened, what to do first, and the address of its page in the runbook, all in
 * its message.
 */
export function alertOf<Key extends AlertKey>(
  key: Key,
  parameters: AlertParameters<Key>,
  runbookUrl: string = runbookDefault,
): Alert {
  const { severity, title, message, action, page } = alertKinds[key] as AlertKind<typeof parameters>;
  const runbook = `Runbook: ${addressUnder(runbookUrl, `/${page}`)}`;
  return { severity, title, message: [ended(message(parameters)), action(parameters), runbook].join(' ') };
}

function ended(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
