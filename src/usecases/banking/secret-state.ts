import { DropError } from '#domain/errors.ts';
import type { SecretState } from '#services/open-banking/secret-state.ts';
import type { UseCaseContext } from '../context.ts';

/** The provider's secrets of one consent or payment. */
export function secretStateOf(
  _context: UseCaseContext,
  _owner: { kind: 'consent' | 'payment'; id: string },
): SecretState {
  return {
    read: async () => undefined,
    change: async () => {
      throw new DropError('internal_error', { message: 'secrets of providers are not kept yet' });
    },
  };
}
