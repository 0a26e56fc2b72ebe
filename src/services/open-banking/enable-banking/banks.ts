import type { Clock } from '#domain/clock.ts';
import { createBankDirectory as keepBanks } from '#services/open-banking/bank-directory.ts';
import type { ProviderDependencies } from '#services/open-banking/definition.ts';
import type { EnableBankingApi } from './client.ts';
import type { Aspsp } from './wire.ts';

/** A bank, with what only the two lists together say of it. */
export interface DirectoryEntry {
  aspsp: Aspsp;
  readsBalances: boolean;
}

/** The provider's banks of one country, kept for an hour. */
export interface BankDirectory {
  list(): Promise<readonly DirectoryEntry[]>;
  /** @throws {DropError} `bank_unknown`, `bank_unavailable`. */
  find(bankId: string): Promise<Aspsp>;
}

export function createBankDirectory(options: {
  api: EnableBankingApi;
  clock: Clock;
  country: string;
  log: ProviderDependencies['log'];
}): BankDirectory {
  const { api, clock, country, log } = options;
  const kept = keepBanks({
    provider: 'enable-banking',
    clock,
    log,
    idOf: ({ aspsp }) => aspsp.name,
    async load() {
      const [reading, paying] = await Promise.all([
        api.listAspsps(country, 'AIS'),
        api.listAspsps(country, 'PIS'),
      ]);
      return merged(reading, paying);
    },
  });
  return { list: () => kept.list(), find: async (bankId) => (await kept.find(bankId)).aspsp };
}

function merged(reading: Aspsp[], paying: Aspsp[]): DirectoryEntry[] {
  const readable = new Set(reading.map(({ name }) => name));
  const others = paying.filter(({ name }) => !readable.has(name));
  return [...reading, ...others].map((aspsp) => ({ aspsp, readsBalances: readable.has(aspsp.name) }));
}
