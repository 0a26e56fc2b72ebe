import type { ProviderSecrets, SecretState } from '#services/open-banking/secret-state.ts';
import type { AccountKey, ConsentKey, PaymentKey } from '#services/open-banking/service.ts';

/** The secrets of one consent or payment, kept in memory: for tests of a provider by itself, without a database. */
export function memorySecrets(kept?: ProviderSecrets): SecretState {
  let last: Promise<unknown> = Promise.resolve();
  return {
    read: async () => kept,
    change(update) {
      const changed = last.then(async () => {
        kept = (await update(kept)) ?? kept;
        return kept;
      });
      last = changed.catch(() => undefined);
      return changed;
    },
  };
}

function consentKey(reference = '', bankId = 'DNB', secrets = memorySecrets()): ConsentKey {
  return { reference, bankId, secrets };
}

/** An account by its reference; the consent matters to providers that look at it. */
export function accountKey(reference = '', consent = consentKey()): AccountKey {
  return { reference, consent };
}

export function paymentKey(reference: string, bankId: string | undefined = 'DNB'): PaymentKey {
  return { reference, bankId, secrets: memorySecrets() };
}
