import { DropError } from '#domain/errors.ts';
import type { AccountInformation, OpenBankingProvider } from '#services/open-banking/service.ts';

/** The provider's account information, which one that serves new customers must have. */
export function accountInformation(provider: OpenBankingProvider): AccountInformation {
  if (provider.ais) return provider.ais;
  throw new DropError('internal_error', { message: `${provider.id} reads no accounts` });
}
