import { loadVariables } from '#configuration/config.ts';
import type { Clock } from '#domain/clock.ts';
import type { Entropy } from '#domain/entropy.ts';
import { createDispatcher } from '#outbound/dispatcher.ts';
import { fileStorage } from '#services/file-storage/definition.ts';
import type { KeptRecords } from '#services/file-storage/service.ts';
import { createOutbound } from '#services/guarded-call.ts';
import { rootBucket } from '#usecases/audit/context.ts';

/** Addresses of customers' files are not made here. */
const baseUrl = '';

/**
 * Runs `work` with the bucket that keeps the roots; with undefined where `S3_UPLOADS_BUCKET` is not set. It needs no
 * variable but those of the buckets.
 *
 * @throws {DropError} `configuration_invalid` with the faults of these variables.
 */
export async function withRootBucket<Result>(
  { clock, entropy }: { clock: Clock; entropy: Entropy },
  work: (bucket: KeptRecords | undefined) => Promise<Result>,
): Promise<Result> {
  const names = Object.keys(fileStorage.variables.shape) as (keyof typeof fileStorage.variables.shape)[];
  const values = loadVariables(names);
  if (values.S3_UPLOADS_BUCKET === undefined) return work(undefined);
  const dispatcher = createDispatcher();
  const files = fileStorage.createClient?.(values, {
    clock,
    entropy,
    environment: 'production',
    baseUrl,
    log: () => undefined,
    createOutbound: (options) => createOutbound({ ...options, clock, random: entropy.fraction, dispatcher }),
  });
  return work(files && rootBucket(files)).finally(() => dispatcher.close());
}
