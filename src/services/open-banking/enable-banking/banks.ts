import type { Clock } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';
import type { EnableBankingApi } from './client.ts';
import type { Aspsp } from './wire.ts';

/** Banks and their limits change by the week, and every payment and balance asks for them. */
const keptMs = 3_600_000;

/** The provider's banks of one country, kept for an hour. */
export interface BankDirectory {
  list(): Promise<DirectoryEntry[]>;
  /** @throws {DropError} `bank_unknown`, `bank_unavailable`. */
  find(bankId: string): Promise<Aspsp>;
}

export interface DirectoryEntry {
  aspsp: Aspsp;
  readsBalances: boolean;
}

export function createBankDirectory(options: {
  api: EnableBankingApi;
  clock: Clock;
  country: string;
}): BankDirectory {
  const { api, clock, country } = options;
  let kept: { entries: DirectoryEntry[]; until: number } | undefined;
  let underWay: Promise<DirectoryEntry[]> | undefined;

  async function fetchEntries(): Promise<DirectoryEntry[]> {
    const [reading, paying] = await Promise.all([
      api.listAspsps(country, 'AIS'),
      api.listAspsps(country, 'PIS'),
    ]);
    const entries = merged(reading, paying);
    kept = { entries, until: clock.now().getTime() + keptMs };
    return entries;
  }

  async function list(): Promise<DirectoryEntry[]> {
    if (kept !== undefined && clock.now().getTime() < kept.until) return kept.entries;
    underWay ??= fetchEntries().finally(() => {
      underWay = undefined;
    });
    const outdated = kept;
    // An old list serves better than none: the provider judges every call again.
    return outdated === undefined ? underWay : underWay.catch(() => outdated.entries);
  }

  return {
    list,
    async find(bankId) {
      const found = (await list()).find(({ aspsp }) => aspsp.name === bankId);
      if (found) return found.aspsp;
      throw new DropError('bank_unknown', {
        message: 'no bank of this name at the provider',
        outcome: 'not_sent',
        provider: 'enable-banking',
      });
    },
  };
}

function merged(reading: Aspsp[], paying: Aspsp[]): DirectoryEntry[] {
  const readable = new Set(reading.map(({ name }) => name));
  const others = paying.filter(({ name }) => !readable.has(name));
  return [...reading, ...others].map((aspsp) => ({ aspsp, readsBalances: readable.has(aspsp.name) }));
}
