import type { Alert } from '#services/slack/service.ts';
import type { UseCaseContext } from '#usecases/context.ts';

/** The alerts that are raised from now on, oldest first. */
export function alertsOf(context: UseCaseContext): Alert[] {
  const alerts: Alert[] = [];
  context.services.alerts = { sendAlert: async (alert) => void alerts.push(alert) };
  return alerts;
}
