import type { Alert } from 'drop/mount';
import { initializeServices } from './services';

/** Sends an alert to the operators' channel; without one it is a line of the log. Does not reject. */
export async function sendAlert(alert: Alert): Promise<void> {
  const drop = await initializeServices();
  await drop.sendAlert(alert);
}
