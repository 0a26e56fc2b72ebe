import { sandboxBanks, type SandboxBank } from './banks.ts';
import type { AccountKind, SandboxBankCustomer } from './customers.ts';

/** An account as its bank keeps it. */
export interface LedgerAccount {
  bank: SandboxBank;
  holder: string;
  accountNumber: string;
  name: string;
  bookedOere: number;
  /** Of payments that are being carried out. */
  reservedOere: number;
  creditLimitOere: number;
  /** ISO 4217; the amounts are in its hundredths. */
  currency: string;
  kind: AccountKind;
}

/** The accounts of all banks; those of one bank know nothing of another's. */
export function openLedger(customers: readonly SandboxBankCustomer[]): LedgerAccount[] {
  return sandboxBanks.flatMap((bank) => accountsAt(bank, customers));
}

function accountsAt(bank: SandboxBank, customers: readonly SandboxBankCustomer[]): LedgerAccount[] {
  return customers.flatMap(({ name: holder, accounts }) =>
    accounts
      .filter((account) => (account.bank ?? bank.name) === bank.name)
      .map(({ accountNumber, name, balanceOere, ...rest }) => ({
        bank,
        holder,
        accountNumber,
        name,
        bookedOere: balanceOere,
        reservedOere: 0,
        creditLimitOere: rest.creditLimitOere ?? 0,
        currency: rest.currency ?? 'NOK',
        kind: rest.kind ?? 'current',
      })),
  );
}

/** The customer's own money that is not spoken for. */
export function availableOere(account: LedgerAccount): number {
  return account.bookedOere - account.reservedOere;
}

/** What may be spent, credit included: the bank lets it be used, though no balance calls it money. */
export function spendableOere(account: LedgerAccount): number {
  return availableOere(account) + account.creditLimitOere;
}

/** Whether a domestic payment, which is in kroner, can be made from an account. */
export function paysKroner({ currency, kind }: LedgerAccount): boolean {
  return currency === 'NOK' && kind !== 'card';
}
