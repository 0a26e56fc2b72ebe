import type { ProviderDefinition } from './definition.ts';
import { berlinGroup } from './berlin-group/provider.ts';
import { enableBanking } from './enable-banking/provider.ts';
import { neonomics } from './neonomics/provider.ts';

/** Every open banking provider that Drop has. To add one: its folder, an import and an entry here. */
export const openBankingProviders = [
  enableBanking,
  neonomics,
  berlinGroup,
] as const satisfies readonly ProviderDefinition[];

export type ProviderId = (typeof openBankingProviders)[number]['id'];
