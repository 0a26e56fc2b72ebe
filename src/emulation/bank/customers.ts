import type { Locale } from '#domain/locale.ts';

/** A card account is known by the masked number of its card, not by an account number of its own. */
export type AccountKind = 'current' | 'savings' | 'card';

/** A customer of the sandbox's banks. */
export interface SandboxBankCustomer {
  name: string;
  /** Told about this customer to the person at the bank's page. */
  note: Record<Locale, string>;
  accounts: {
    accountNumber: string;
    name: string;
    balanceOere: number;
    creditLimitOere?: number;
    /** ISO 4217; without it, NOK. */
    currency?: string;
    /** Without it, a current account. */
    kind?: AccountKind;
    /** The name of the bank that has it, as an account number is one bank's; without it, every bank of the sandbox. */
    bank?: string;
  }[];
}
