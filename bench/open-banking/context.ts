import { loadConfig, type Config } from '../../src/configuration/config.ts';
import { systemClock } from '../../src/domain/clock.ts';
import { systemEntropy } from '../../src/domain/entropy.ts';
import { untraced } from '../../src/domain/tracing.ts';
import type { OutboundAttempt } from '../../src/outbound/attempt.ts';
import { createContext } from '../../src/process/wiring.ts';
import { initializeServices } from '../../src/services/index.ts';
import { openStore } from '../../src/store/database.ts';
import type { UseCaseContext } from '../../src/usecases/context.ts';

/** Points production clients at the emulators, and names the database. */
export type Surroundings = Readonly<Record<string, string>>;

/** The surroundings that a process of the bench is started with. */
export function surroundings(): Surroundings {
  return JSON.parse(process.env['SURROUNDINGS'] ?? '{}') as Surroundings;
}

/** Use cases with production clients on a database; a warning of theirs is a fault of the measurement. */
export async function openContext(
  around: Surroundings,
  onAttempt: (attempt: OutboundAttempt) => void = () => undefined,
): Promise<UseCaseContext> {
  const config = configOf(around);
  const store = openStore(around['DATABASE_URL'] ?? '');
  const edge = { clock: systemClock, entropy: systemEntropy, config };
  const services = await initializeServices({ ...edge, onAttempt });
  const log: UseCaseContext['log'] = (level, message, details) => {
    if (level !== 'info') process.stderr.write(`${message} ${String(details?.['error'])}\n`);
  };
  // No measured use case discards a consent.
  const enqueue: UseCaseContext['enqueue'] = async () => undefined;
  return createContext({ ...edge, store, services, enqueue, log, tracing: untraced });
}

function configOf(environment: Surroundings): Config {
  return loadConfig({ ...environment, DROP_ENVIRONMENT: 'sandbox' });
}
