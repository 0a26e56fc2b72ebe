import type { ProviderDefinition } from './definition.ts';
import { berlinGroup } from './berlin-group/provider.ts';
import { enableBanking } from './enable-banking/provider.ts';

/** Every open banking provider that Drop has. To add one: its folder, an import and an entry here. */
export const openBankingProviders = [
  enableBanking,
  berlinGroup,
] as const satisfies readonly ProviderDefinition[];

export type ProviderId = (typeof openBankingProviders)[number]['id'];
