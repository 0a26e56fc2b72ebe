import type { SandboxBank } from '#emulation/bank/banks.ts';
import type { BankPaymentStatus } from '#emulation/bank/world.ts';

/** OpenAPI, `PSUType`. */
export const psuTypes = ['personal', 'business'] as const;
export type PsuType = (typeof psuTypes)[number];

/** The respects in which this provider's banks differ, beyond what `SandboxBank` says. Undefined is the usual. */
interface BankProfile {
  /** The headers about the customer without which the bank takes no attended call; some banks need none. */
  requiredPsuHeaders?: readonly string[];
  servesBusinesses?: boolean;
  /** Whether the bank can also be approved in, from its app (`DECOUPLED`). */
  approvesInApp?: boolean;
  /** The customer chooses the account at the bank where a payment names none. */
  choosesDebtorAccount?: boolean;
  refusesKid?: boolean;
  /** Whether it also lists instant payments, in kroner. */
  settlesInstantly?: boolean;
  /** How many days ahead a payment can be ordered; undefined where it cannot. */
  daysAheadMax?: number;
  /** The bank's words for statuses, where they are not the usual ones. */
  words?: Partial<Record<BankPaymentStatus, string>>;
}

const profiles: Readonly<Record<string, BankProfile>> = {
  dnb: { requiredPsuHeaders: ['Psu-Ip-Address'] },
  nordea: { requiredPsuHeaders: ['Psu-Ip-Address', 'Psu-User-Agent'], servesBusinesses: true },
  handelsbanken: {
    requiredPsuHeaders: ['Psu-Ip-Address'],
    servesBusinesses: true,
    daysAheadMax: 60,
    approvesInApp: true,
    words: { RCVD: 'PDNG', ACTC: 'ACCP' },
  },
  sparebank1: {
    requiredPsuHeaders: ['Psu-Ip-Address', 'Psu-User-Agent'],
    choosesDebtorAccount: true,
    settlesInstantly: true,
    daysAheadMax: 365,
    words: { ACTC: 'ACWC' },
  },
  sbanken: { refusesKid: true, words: { ACSP: 'PART' } },
};

export function profileOf({ slug }: SandboxBank): BankProfile {
  return profiles[slug] ?? {};
}

/** The kinds of customers that a bank serves. */
export function psuTypesOf(bank: SandboxBank): readonly PsuType[] {
  return profileOf(bank).servesBusinesses === true ? psuTypes : ['personal'];
}

/** A payment's status in its bank's word (OpenAPI, `PaymentStatus`). */
export function wordOf({ bank, status }: { bank: SandboxBank; status: BankPaymentStatus }): string {
  return profileOf(bank).words?.[status] ?? status;
}
