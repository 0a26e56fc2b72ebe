/** The banks of the sandbox, with what the provider would say of each. */
export interface SandboxBank {
  slug: string;
  name: string;
  bic: string;
  consentSecondsMax: number;
  requiredPsuHeaders: string[];
  /** Whether this bank reports that the creditor's account was credited (ACCC), which few do. */
  reportsCredit: boolean;
  /** The longest text with a payment, in characters. */
  textLengthMax: number;
}

const secondsPerDay = 86_400;

export const sandboxBanks: readonly SandboxBank[] = [
  {
    slug: 'dnb',
    name: 'DNB',
    bic: 'DNBANOKK',
    consentSecondsMax: 180 * secondsPerDay,
    requiredPsuHeaders: ['Psu-Ip-Address'],
    reportsCredit: false,
    textLengthMax: 140,
  },
  {
    slug: 'nordea',
    name: 'Nordea',
    bic: 'NDEANOKK',
    consentSecondsMax: 180 * secondsPerDay,
    requiredPsuHeaders: ['Psu-Ip-Address', 'Psu-User-Agent'],
    reportsCredit: true,
    textLengthMax: 140,
  },
  {
    slug: 'handelsbanken',
    name: 'Handelsbanken',
    bic: 'HANDNOKK',
    consentSecondsMax: 90 * secondsPerDay,
    requiredPsuHeaders: ['Psu-Ip-Address'],
    reportsCredit: false,
    textLengthMax: 140,
  },
  {
    slug: 'sparebank1',
    name: 'SpareBank 1',
    bic: 'SPTRNO22',
    consentSecondsMax: 180 * secondsPerDay,
    requiredPsuHeaders: ['Psu-Ip-Address', 'Psu-User-Agent'],
    reportsCredit: false,
    textLengthMax: 140,
  },
  {
    slug: 'sbanken',
    name: 'Sbanken (DNB)',
    bic: 'SBAKNOBB',
    consentSecondsMax: 180 * secondsPerDay,
    requiredPsuHeaders: [],
    reportsCredit: false,
    textLengthMax: 108,
  },
];

/** As `GET /aspsps` describes a bank (OpenAPI, `ASPSPData`). */
export function describeBank(bank: SandboxBank, origin: string): Record<string, unknown> {
  return {
    name: bank.name,
    country: 'NO',
    logo: `${origin}/brands/NO/${bank.slug}/`,
    bic: bank.bic,
    psu_types: ['personal'],
    auth_methods: [{ name: 'redirect', psu_type: 'personal', approach: 'REDIRECT', hidden_method: false }],
    maximum_consent_validity: bank.consentSecondsMax,
    required_psu_headers: bank.requiredPsuHeaders,
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
