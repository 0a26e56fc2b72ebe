import { sandboxBanks, type SandboxBank } from '#emulation/bank/banks.ts';

/** How a bank differs from the others at Neonomics. */
export interface BankTraits {
  /** Whether a consent and a payment need the encrypted national identity number of the customer. */
  asksForNumber: boolean;
  /** Whether a payment needs a consent of its own before the approval. */
  wantsPaymentConsent: boolean;
  /** Whether it carries out what the customer approved before the payment is completed. */
  completesByItself: boolean;
  settlesInstantly: boolean;
}

const usual: BankTraits = {
  asksForNumber: false,
  wantsPaymentConsent: false,
  completesByItself: true,
  settlesInstantly: false,
};

const differing: Readonly<Record<string, Partial<BankTraits>>> = {
  dnb: { asksForNumber: true },
  nordea: { wantsPaymentConsent: true },
  handelsbanken: { completesByItself: false },
  sbanken: { asksForNumber: true },
  sparebank1: { settlesInstantly: true },
};

export function traitsOf({ slug }: SandboxBank): BankTraits {
  return { ...usual, ...differing[slug] };
}

/** Neonomics' ids are opaque, and happen to be Base64. */
export function bankIdOf({ slug, bic }: SandboxBank): string {
  return Buffer.from(`${slug}.no.v1${bic}`).toString('base64');
}

export function findBank(id: string): SandboxBank | undefined {
  return sandboxBanks.find((bank) => bankIdOf(bank) === id);
}

/** `GET /ics/v3/banks`. */
export function describeBank(bank: SandboxBank): object {
  const { asksForNumber, settlesInstantly } = traitsOf(bank);
  return {
    id: bankIdOf(bank),
    countryCode: 'NO',
    bankingGroupName: bank.name,
    bankDisplayName: bank.name,
    bankOfficialName: bank.name,
    bic: bank.bic,
    personalIdentificationRequired: asksForNumber,
    status: 'AVAILABLE',
    supportedServices: [
      'accounts',
      'domestic-transfer',
      'domestic-scheduled-transfer',
      ...(settlesInstantly ? ['instant-domestic-transfer'] : []),
    ],
  };
}
