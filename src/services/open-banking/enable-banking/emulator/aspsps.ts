import type { SandboxBank } from '#emulation/bank/banks.ts';

const requiredPsuHeaders: Readonly<Record<string, readonly string[]>> = {
  dnb: ['Psu-Ip-Address'],
  nordea: ['Psu-Ip-Address', 'Psu-User-Agent'],
  handelsbanken: ['Psu-Ip-Address'],
  sparebank1: ['Psu-Ip-Address', 'Psu-User-Agent'],
};

/** The headers about the customer without which the bank takes no attended call; some banks need none. */
export function requiredPsuHeadersOf({ slug }: SandboxBank): readonly string[] {
  return requiredPsuHeaders[slug] ?? [];
}

/** As `GET /aspsps` describes a bank (OpenAPI, `ASPSPData`). */
export function describeAspsp(bank: SandboxBank, origin: string): Record<string, unknown> {
  return {
    name: bank.name,
    country: 'NO',
    logo: `${origin}/brands/NO/${bank.slug}/`,
    bic: bank.bic,
    psu_types: ['personal'],
    auth_methods: [{ name: 'redirect', psu_type: 'personal', approach: 'REDIRECT', hidden_method: false }],
    maximum_consent_validity: bank.consentSecondsMax,
    required_psu_headers: requiredPsuHeadersOf(bank),
    beta: false,
    payments: [
      {
        payment_type: 'DOMESTIC',
        psu_type: 'personal',
        max_transactions: 1,
        currencies: ['NOK'],
        debtor_account_required: true,
        debtor_account_schemas: ['BBAN', 'IBAN'],
        creditor_account_schemas: ['BBAN', 'IBAN'],
        creditor_name_required: true,
        reference_number_supported: true,
        reference_number_schemas: ['NORF'],
        remittance_information_lines: [{ min_length: 1, max_length: bank.textLengthMax }],
        remittance_reference_supported: false,
        requested_execution_date_supported: false,
        final_successful_statuses: bank.reportsCredit ? ['ACCC'] : ['ACSC'],
      },
    ],
  };
}
