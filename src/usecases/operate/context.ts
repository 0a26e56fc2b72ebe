import type { Clock } from '#domain/clock.ts';
import type { Entropy } from '#domain/entropy.ts';
import type { Store } from '#store/database.ts';

/** The part of `UseCaseContext` that operators' work needs: the command line has no more than that. */
export interface OperatorContext {
  store: Pick<Store, 'database'>;
  clock: Clock;
  entropy: Entropy;
}
