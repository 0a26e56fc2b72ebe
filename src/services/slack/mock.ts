import { presentable, type Alert } from '#domain/alert-text.ts';
import type { Alerts } from './service.ts';

const alertsMax = 1_000;

export interface SlackMock extends Alerts {
  /** The latest thousand alerts, oldest first, as operators would see them. */
  alerts(): readonly Alert[];
  reset(): void;
}

/** Keeps alerts in memory; they are lost with the process. */
export function createSlackMock(): SlackMock {
  let alerts: Alert[] = [];
  const keep = (alert: Alert): void => {
    alerts = [...alerts, presentable(alert)].slice(-alertsMax);
  };
  return {
    async sendAlert(alert) {
      keep(alert);
    },
    async attempt({ alert }) {
      keep(alert);
      return { kind: 'delivered' };
    },
    alerts: () => alerts,
    reset() {
      alerts = [];
    },
  };
}
