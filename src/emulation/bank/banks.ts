/** A bank of the sandbox, with what any provider would say of it. */
export interface SandboxBank {
  slug: string;
  name: string;
  bic: string;
  consentSecondsMax: number;
  /** Whether this bank reports that the creditor's account was credited (ACCC), which few do. */
  reportsCredit: boolean;
  /** The longest text with a payment, in characters. */
  textLengthMax: number;
}

const secondsPerDay = 86_400;

/** They stand behind every open banking emulator. */
export const sandboxBanks: readonly SandboxBank[] = [
  {
    slug: 'dnb',
    name: 'DNB',
    bic: 'DNBANOKK',
    consentSecondsMax: 180 * secondsPerDay,
    reportsCredit: false,
    textLengthMax: 140,
  },
  {
    slug: 'nordea',
    name: 'Nordea',
    bic: 'NDEANOKK',
    consentSecondsMax: 180 * secondsPerDay,
    reportsCredit: true,
    textLengthMax: 140,
  },
  {
    slug: 'handelsbanken',
    name: 'Handelsbanken',
    bic: 'HANDNOKK',
    consentSecondsMax: 90 * secondsPerDay,
    reportsCredit: false,
    textLengthMax: 140,
  },
  {
    slug: 'sparebank1',
    name: 'SpareBank 1',
    bic: 'SPTRNO22',
    consentSecondsMax: 180 * secondsPerDay,
    reportsCredit: false,
    textLengthMax: 140,
  },
  {
    slug: 'sbanken',
    name: 'Sbanken (DNB)',
    bic: 'SBAKNOBB',
    consentSecondsMax: 180 * secondsPerDay,
    reportsCredit: false,
    textLengthMax: 108,
  },
];
