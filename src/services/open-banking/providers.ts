import type { ProviderDefinition } from './definition.ts';
import { enableBanking } from './enable-banking/provider.ts';

/** Every open banking provider that Drop has. To add one: its folder, an import and an entry here. */
export const openBankingProviders = [enableBanking] as const satisfies readonly ProviderDefinition[];

export type ProviderId = (typeof openBankingProviders)[number]['id'];

/** The definition of `id`, its variables widened so that any provider's are parsed and passed on alike. */
export function findProvider(id: ProviderId): ProviderDefinition;
export function findProvider(id: string): ProviderDefinition | undefined;
export function findProvider(id: string): ProviderDefinition | undefined {
  return openBankingProviders.find((provider) => provider.id === id);
}
