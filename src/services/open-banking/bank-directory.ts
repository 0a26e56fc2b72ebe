import type { Clock } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';
import { createCachedDocument } from '#services/cached-document.ts';

/** Banks and their limits change by the week, and every payment and balance asks for them. */
const keptMs = 3_600_000;
/** A provider without banks is one that answers oddly, and is soon asked again. */
const emptyKeptMs = 60_000;

/** A provider's banks, kept for an hour. */
export interface BankDirectory<Entry> {
  list(): Promise<readonly Entry[]>;
  /** @throws {DropError} `bank_unknown`, or what `load` threw where no list is held. */
  find(bankId: string): Promise<Entry>;
}

/**
 * Fetched once however many ask. An old list serves better than none, and than an empty one: the provider judges every
 * call again.
 */
export function createBankDirectory<Entry>(options: {
  provider: string;
  clock: Clock;
  load(): Promise<readonly Entry[]>;
  /** The provider's own name for the bank. */
  idOf(entry: Entry): string;
  log(message: string, details: Record<string, unknown>): void;
}): BankDirectory<Entry> {
  const { provider, idOf } = options;
  let latest: readonly Entry[] = [];
  const document = createCachedDocument({
    clock: options.clock,
    staleMsMax: Number.POSITIVE_INFINITY,
    onStale: (error) =>
      options.log('the list of banks cannot be had; the old one serves', { provider, error }),
    async load() {
      const banks = await options.load();
      if (banks.length === 0) return { value: latest, maxAgeMs: emptyKeptMs };
      latest = banks;
      return { value: banks, maxAgeMs: keptMs };
    },
  });
  return {
    list: () => document.get(),
    async find(bankId) {
      const found = (await document.get()).find((entry) => idOf(entry) === bankId);
      if (found) return found;
      const message = 'no bank of this name at the provider';
      throw new DropError('bank_unknown', { message, outcome: 'not_sent', provider });
    },
  };
}
