import type { Tracing } from '#domain/tracing.ts';
import { inheritedIds } from '#outbound/inherited-ids.ts';
import type { Log } from '#usecases/context.ts';

/**
 * Adds to each line the ids of the work that writes it, as far as it has them, and of its trace. What a line says
 * itself comes first.
 */
export function identifiedLog(log: Log, tracing: () => Pick<Tracing, 'current'>): Log {
  return (level, message, details) => {
    const traceId = tracing().current()?.split('-')[1];
    const known = Object.entries({ ...inheritedIds(), traceId }).filter(([, id]) => id !== undefined);
    log(level, message, { ...Object.fromEntries(known), ...details });
  };
}
