import type { Command } from 'commander';
import { guardsOf } from '#services/definition.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { serviceEntries } from '#services/services.ts';

/** The names that calls, webhooks and payments have for providers. */
const names = [
  ...serviceEntries.flatMap(([, definition]) => guardsOf(definition)),
  ...openBankingProviders.flatMap((definition) => guardsOf(definition)),
].toSorted();

/**
 * The hint below an empty list whose `--provider` no provider has. The name is no fault: rows of a provider
 * that Drop no longer has are kept.
 */
export function unknownProviderText(command: Command): string {
  const { provider } = command.opts<{ provider?: string }>();
  if (provider === undefined || names.includes(provider)) return '';
  return `No provider is named ${JSON.stringify(provider)}; there are ${names.join(', ')}.\n`;
}
