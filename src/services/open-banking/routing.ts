import { assert } from '#domain/errors.ts';
import type { OpenBankingProvider } from './service.ts';

/** What the choice of a provider may depend on. */
export interface NewConsent {
  /** Drop's id of the customer. */
  customerId: string;
  /** Where the customer has chosen a bank. */
  bankId?: string;
}

/** Which provider serves a consent or a payment. What was begun at a provider stays there. */
export interface OpenBankingRouting {
  /** For a consent that is begun now. The environment alone decides: it is the provider it names. */
  forNewConsent(consent: NewConsent): OpenBankingProvider;
  /** For what was begun at provider `id`. */
  pinned(id: string): OpenBankingProvider;
  all(): readonly OpenBankingProvider[];
}

/** Where Drop, which is reached at `baseUrl`, takes the webhooks of a provider. */
export function webhookUrlAt(baseUrl: string, providerId: string): string {
  return `${baseUrl}/api/openbanking/webhook/${providerId}`;
}

export function createRouting(
  providers: readonly OpenBankingProvider[],
  forNewConsents: string,
): OpenBankingRouting {
  function pinned(id: string): OpenBankingProvider {
    const provider = providers.find((candidate) => candidate.id === id);
    assert(provider, `provider ${id} is not configured, yet something was begun there`);
    return provider;
  }
  return { pinned, forNewConsent: () => pinned(forNewConsents), all: () => providers };
}
