import type { Config } from '#configuration/config.ts';
import type { Clock } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';
import { prefixOf } from '#services/open-banking/credentials.ts';
import type { ProviderDefinition } from '#services/open-banking/definition.ts';
import type { Store } from '#store/database.ts';
import { keptAtOtherProviders, type KeptAtProvider } from '#store/kept-at-providers.ts';

/** Longer than any page of a bank can be open: a consent that is still pending after it was abandoned. */
const pendingMs = 86_400_000;

/**
 * Refuses a start that would leave consents or open payments without the provider at which they were begun: no other
 * provider can serve them.
 *
 * @throws {DropError} `configuration_invalid`; its message names each provider, what is kept there, and what to set.
 */
export async function refuseLostProviders(parts: {
  config: Config;
  store: Store;
  clock: Clock;
  providers: readonly ProviderDefinition[];
}): Promise<void> {
  const { config, store, clock, providers } = parts;
  const now = clock.now();
  const lost = await keptAtOtherProviders(store.database, {
    live: config.openBanking.providers.map(({ id }) => id),
    now,
    pendingSince: new Date(now.getTime() - pendingMs),
  });
  if (lost.length === 0) return;
  const lines = lost.map((kept) => `  ${describe(kept, providers)}`);
  const advice = 'Keep the credentials of a provider until nothing is kept there (docs/configuration.md).';
  throw new DropError('configuration_invalid', {
    message: `What customers have at these providers could not be served:\n${lines.join('\n')}\n${advice}`,
  });
}

function describe(
  { provider, consents, payments }: KeptAtProvider,
  providers: readonly ProviderDefinition[],
): string {
  const kept = `${provider}: ${counted(consents, 'consent')}, ${counted(payments, 'open payment')}.`;
  if (!providers.some(({ id }) => id === provider))
    return `${kept} This version of Drop has no such provider.`;
  const prefix = prefixOf(provider);
  return `${kept} Set ${prefix}_CLIENT_ID and ${prefix}_CLIENT_SECRET.`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
