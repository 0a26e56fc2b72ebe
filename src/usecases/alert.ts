import type { Alerts } from '#services/slack/service.ts';

export async function alertStartup(
  alerts: Alerts,
  details: { version: string; address: string },
): Promise<void> {
  const message = `Drop ${details.version} has started at ${details.address}`;
  await alerts.sendAlert({ severity: 'info', title: 'Drop started', message });
}

export async function alertShutdown(alerts: Alerts, signal: string): Promise<void> {
  await alerts.sendAlert({ severity: 'info', title: 'Drop is shutting down', message: `Received ${signal}` });
}

export async function alertUnhandledException(alerts: Alerts, error: unknown): Promise<void> {
  const message =
    error instanceof Error ? `${error.name}: ${error.message}` : 'A value that is not an error was thrown';
  await alerts.sendAlert({ severity: 'critical', title: 'Unhandled exception', message });
}

/** Names no id, so that many that die of one cause are told as one alert with a count. */
export async function alertDeadWebhook(
  alerts: Alerts,
  { provider, eventType, error }: { provider: string; eventType: string; error: string },
): Promise<void> {
  const message = `${provider} ${eventType}: ${error}. See "npx drop webhooks list --status dead"`;
  await alerts.sendAlert({ severity: 'critical', title: 'A webhook was given up', message });
}
