import type { Entropy } from '#domain/entropy.ts';
import { DropError } from '#domain/errors.ts';
import type { Customer } from '#services/open-banking/service.ts';
import { encryptPsuId, newPsuNonce, type PsuKey } from './psu-id.ts';
import type { WireBank } from './wire.ts';

/** Says who the customer is to a bank that asks for it: the value of `x-psu-id`, undefined for the other banks. */
export type Identify = (customer: Customer, bank: WireBank) => string | undefined;

/** What it returns throws `national_id_required`, `not_sent`, where the bank asks and Drop does not know the number. */
export function createIdentify({ key, entropy }: { key: PsuKey | undefined; entropy: Entropy }): Identify {
  return ({ nationalIdentityNumber }, { personalIdentificationRequired }) => {
    if (personalIdentificationRequired !== true || key === undefined) return undefined;
    if (nationalIdentityNumber === undefined) {
      const message = 'the bank asks for the national identity number, which the session does not have';
      throw new DropError('national_id_required', { message, outcome: 'not_sent', provider: 'neonomics' });
    }
    return encryptPsuId(nationalIdentityNumber, key, newPsuNonce(entropy.token()));
  };
}
