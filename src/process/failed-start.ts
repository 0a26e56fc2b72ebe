import type { Config } from '#configuration/config.ts';
import { isDropError } from '#domain/errors.ts';
import { initializeServices } from '#services/index.ts';
import { errorText } from '#usecases/alerts/error-text.ts';
import { sendFromMemory } from '#usecases/alerts/raise.ts';
import type { ProcessLog } from './log.ts';

const deadlineMs = 3_000;

/**
 * Alerts the operators of a start that failed, from memory: what failed may be the database. Takes three seconds at
 * most, and does not reject; an alert that Slack does not accept goes to the log.
 */
export async function alertFailedStart(config: Config, log: ProcessLog, error: unknown): Promise<void> {
  try {
    const services = await initializeServices({
      config,
      log: (message, details) => log('error', message, details),
    });
    const reason = isDropError(error) ? error.message : errorText(error);
    sendFromMemory({ services }, 'start_failed', { reason });
    await services.close(deadlineMs);
  } catch (cause) {
    log('error', 'the failed start could not be alerted', { error: cause });
  }
}
