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
 * What an empty list says about its `--provider`, where no provider has that name. It is no fault: rows of a provider
 * that Drop no longer has are kept.
 */
export function unknownProviderText(command: Command): string {
  const { provider } = command.opts<{ provider?: string }>();
  if (provider === undefined || names.includes(provider)) return '';
  return `No provider is named ${JSON.stringify(provider)}; there are ${names.join(', ')}.\n`;
}
