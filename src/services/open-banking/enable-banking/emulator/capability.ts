import type { SandboxBank } from '#emulation/bank/banks.ts';
import { profileOf, type PsuType } from './bank-profiles.ts';

/** The payments that a bank of the sandbox takes (OpenAPI, `ResponsePaymentType`): one transfer in kroner, at once. */
export function domesticCapability(bank: SandboxBank, psuType: PsuType) {
  const { choosesDebtorAccount = false, refusesKid = false, words = {} } = profileOf(bank);
  const last = bank.reportsCredit ? 'ACCC' : 'ACSC';
  return {
    payment_type: 'DOMESTIC',
    psu_type: psuType,
    max_transactions: 1,
    currencies: ['NOK'],
    debtor_account_required: !choosesDebtorAccount,
    debtor_account_schemas: ['BBAN', 'IBAN'],
    creditor_account_schemas: ['BBAN', 'IBAN'],
    priority_codes: ['NORM'],
    charge_bearer_values: ['SLEV', 'SHAR'],
    creditor_name_required: true,
    reference_number_supported: !refusesKid,
    reference_number_schemas: refusesKid ? [] : ['NORF'],
    remittance_information_lines: [{ min_length: 1, max_length: bank.textLengthMax }],
    remittance_reference_supported: false,
    requested_execution_date_supported: false,
    final_successful_statuses: [words[last] ?? last],
  };
}
