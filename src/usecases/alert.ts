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
