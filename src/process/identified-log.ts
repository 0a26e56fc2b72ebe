import type { Tracing } from '#domain/tracing.ts';
import { inheritedIds } from '#outbound/inherited-ids.ts';
import type { Log } from '#usecases/context.ts';

/**
 * Adds to each line the ids of the work that writes it: request, customer, payment and trace, as far as it has them.
 * What a line says itself comes first.
 */
export function identifiedLog(log: Log, tracing: () => Pick<Tracing, 'current'>): Log {
  return (level, message, details) => {
    const { requestId, userId, paymentId } = inheritedIds();
    const traceId = tracing().current()?.split('-')[1];
    const ids = {
      ...(requestId !== undefined && { requestId }),
      ...(userId !== undefined && { userId }),
      ...(paymentId !== undefined && { paymentId }),
      ...(traceId !== undefined && { traceId }),
    };
    log(level, message, { ...ids, ...details });
  };
}
