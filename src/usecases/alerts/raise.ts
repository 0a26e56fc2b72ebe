import type { UseCaseContext } from '../context.ts';
import { alertKinds, type AlertKey, type AlertKind } from './kinds.ts';

/** Everything that an alert needs. */
export interface AlertContext {
  services: Pick<UseCaseContext['services'], 'alerts'>;
}

/** What the alert `Key` says. */
export type AlertParameters<Key extends AlertKey> = Parameters<(typeof alertKinds)[Key]['message']>[0];

/**
 * The only way to send an alert. Does not reject: an alert that cannot be delivered goes to the log. It waits for the
 * channel, so a use case does not wait for it.
 */
export async function raise<Key extends AlertKey>(
  { services }: AlertContext,
  key: Key,
  parameters: AlertParameters<Key>,
): Promise<void> {
  const { severity, title, message } = alertKinds[key] as AlertKind<typeof parameters>;
  await services.alerts.sendAlert({ severity, title, message: message(parameters) });
}
