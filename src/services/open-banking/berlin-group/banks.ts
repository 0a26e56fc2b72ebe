import { z } from 'zod';
import { addressUnder } from '#domain/address.ts';
import { consentMsMax } from '#domain/banking/consent.ts';
import type { Clock } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';
import { endOfBankDay } from './bank-days.ts';
import { bankProfiles, type BankProfile } from './bank-profiles.ts';

/** A bank's address, and the last day on which it serves, in Norwegian time: banks merge and move. */
const address = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  until: z.iso.date('must be a day such as 2026-12-31').optional(),
});

/** A bank as the operator configures it: which profile it follows, and where it is. */
const configuredBank = z.strictObject({
  profile: z.string(),
  /** Without it, the profile's own; several banks may follow one profile. */
  id: z
    .string()
    .regex(/^[a-z\d-]{1,40}$/)
    .optional(),
  name: z.string().min(1).optional(),
  bic: z.string().min(1).optional(),
  addresses: z.array(address).min(1),
});
type ConfiguredBank = z.output<typeof configuredBank>;

/** A bank of the list, with its profile. */
export interface DirectBank extends BankProfile {
  addresses: readonly z.output<typeof address>[];
}

/** The value of `BERLIN_GROUP_BANKS`: a list in JSON. */
export const banksSchema = z
  .string()
  .transform((text, context): ConfiguredBank[] => {
    const parsed = z.array(configuredBank).safeParse(jsonOf(text));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    context.addIssue(`must be a list of banks in JSON: ${issue?.path.join('.')}: ${issue?.message}`);
    return z.NEVER;
  })
  .refine(
    (banks) => banks.every(({ profile }) => profileOf(profile) !== undefined),
    `must name profiles that there are: ${bankProfiles.map(({ id }) => id).join(', ')}`,
  )
  .refine((banks) => new Set(banks.map(idOf)).size === banks.length, 'must name each bank once');

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const profileOf = (id: string): BankProfile | undefined => bankProfiles.find((profile) => profile.id === id);
const idOf = ({ id, profile }: ConfiguredBank): string => id ?? profile;

/** The banks that are configured; with `gateway`, every bank of the profiles, each under its id there. */
export function directBanks(
  configured: readonly ConfiguredBank[],
  gateway: string | undefined,
): DirectBank[] {
  if (gateway !== undefined)
    return bankProfiles.map((profile) => ({
      ...profile,
      addresses: [{ url: addressUnder(gateway, `/${profile.id}`) }],
    }));
  return configured.flatMap((bank) => {
    const profile = profileOf(bank.profile);
    if (profile === undefined) return [];
    const { name = profile.name, bic = profile.bic, addresses } = bank;
    return [{ ...profile, id: idOf(bank), name, bic, addresses }];
  });
}

/** The longest consent at this bank, in milliseconds. */
export function longestMs({ consentDaysMax }: DirectBank): number {
  return Math.min(consentMsMax, consentDaysMax * 86_400_000);
}

/** Where a bank is reached now; undefined where every one of its addresses has ended. */
function addressAt({ addresses }: DirectBank, now: Date): string | undefined {
  return addresses.find(({ until }) => until === undefined || now < endOfBankDay(until))?.url;
}

/** The banks, as far as one can be reached now. */
export interface DirectBanks {
  list(): readonly DirectBank[];
  /** @throws {DropError} `bank_unknown`. */
  find(bankId: string): DirectBank;
  /** @throws {DropError} `bank_unknown`. */
  addressOf(bank: DirectBank): string;
}

export function createDirectBanks(banks: readonly DirectBank[], clock: Clock): DirectBanks {
  const isOpen = (bank: DirectBank): boolean => addressAt(bank, clock.now()) !== undefined;
  return {
    list: () => banks.filter(isOpen),
    find: (bankId) => banks.find((bank) => bank.id === bankId && isOpen(bank)) ?? unknownBank(),
    addressOf: (bank) => addressAt(bank, clock.now()) ?? unknownBank(),
  };
}

function unknownBank(): never {
  const message = 'no bank of this name is configured, or its address has ended';
  throw new DropError('bank_unknown', { message, outcome: 'not_sent', provider: 'berlin-group' });
}
