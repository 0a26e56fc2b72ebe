import { presentable } from './map.ts';
import type { Alert, Alerts } from './service.ts';

const alertsMax = 1_000;

export interface SlackMock extends Alerts {
  /** The latest thousand alerts, oldest first, as operators would see them. */
  alerts(): readonly Alert[];
  reset(): void;
}

/** Keeps alerts in memory; they are lost with the process. */
export function createSlackMock(): SlackMock {
  let alerts: Alert[] = [];
  return {
    async sendAlert(alert) {
      alerts = [...alerts, presentable(alert)].slice(-alertsMax);
    },
    alerts: () => alerts,
    reset() {
      alerts = [];
    },
  };
}
