import type { OpenTransaction } from '#store/database.ts';
import type { UseCaseContext } from '../context.ts';
import type { AlertKey, AlertParameters } from './kinds.ts';
import { alertOf } from './text.ts';

/** Everything that an alert needs. */
export interface AlertContext {
  services: Pick<UseCaseContext['services'], 'alerts'>;
  /** The beginning of the addresses of the runbook's pages; their path in the repository unless given. */
  runbookUrl?: string | undefined;
}

/**
 * The only way to send an alert. Does not reject: an alert that cannot be delivered goes to the log. It waits for the
 * channel, unless it is raised in a transaction, so a use case does not wait for it.
 */
export async function raise<Key extends AlertKey>(
  { services, runbookUrl }: AlertContext,
  key: Key,
  parameters: AlertParameters<Key>,
  transaction?: OpenTransaction,
): Promise<void> {
  const sent = services.alerts.sendAlert(alertOf(key, parameters, runbookUrl));
  if (transaction === undefined) await sent;
}
