import type { Config } from '#configuration/config.ts';
import type { Log } from '#usecases/context.ts';

/**
 * Warns in production where the roots of the audit trail are kept by the database alone: whoever can change it can then
 * remove them, and only the log tells.
 */
export function warnOfAudit({
  config,
  log,
}: {
  config: Pick<Config, 'DROP_ENVIRONMENT' | 'AUDIT_ROOTS_DIRECTORY'>;
  log: Log;
}): void {
  if (config.DROP_ENVIRONMENT !== 'production' || config.AUDIT_ROOTS_DIRECTORY !== undefined) return;
  const advice = 'set AUDIT_ROOTS_DIRECTORY to a directory that the database server cannot write to';
  log('warn', 'the roots of the audit trail are stored in the database and the log only', { advice });
}
