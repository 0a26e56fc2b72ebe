import type { SandboxBank } from '#emulation/bank/banks.ts';
import { profileOf, type PsuType } from './bank-profiles.ts';

type Capability = ReturnType<typeof domesticCapability>;

/** The payments that a bank of the sandbox takes (OpenAPI, `ResponsePaymentType`), each of one transfer in kroner. */
export function capabilitiesOf(bank: SandboxBank, psuType: PsuType): Capability[] {
  const domestic = domesticCapability(bank, psuType);
  return profileOf(bank).settlesInstantly === true ? [domestic, instantFrom(domestic)] : [domestic];
}

/** An instant payment carries no reference number and no date. */
function instantFrom(domestic: Capability): Capability {
  return {
    ...domestic,
    payment_type: 'INST_SEPA',
    reference_number_supported: false,
    reference_number_schemas: [],
    requested_execution_date_supported: false,
    requested_execution_date_max_period: null,
  };
}

function domesticCapability(bank: SandboxBank, psuType: PsuType) {
  const { choosesDebtorAccount = false, refusesKid = false, words = {}, daysAheadMax } = profileOf(bank);
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
    requested_execution_date_supported: daysAheadMax !== undefined,
    requested_execution_date_max_period: daysAheadMax ?? null,
    final_successful_statuses: [words[last] ?? last],
  };
}
