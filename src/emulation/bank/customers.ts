import type { Locale } from '#domain/locale.ts';

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
    /** The name of the bank that has it, as an account number is one bank's; without it, every bank of the sandbox. */
    bank?: string;
  }[];
}
