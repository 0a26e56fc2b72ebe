/** What differs between the mocks of two providers. */
export interface MockProtocol {
  /** The provider's id. */
  id: string;
  /** As of the provider itself. */
  intermediary?: string;
  /** The provider's name for a bank, from the bank's own, e.g. `DNB`; undefined for a bank that it does not offer. */
  bankIdOf(bankName: string): string | undefined;
  /** The same for payments, where it is another. */
  paymentBankIdOf?(bankName: string): string | undefined;
  /** How the provider names where a payment is. */
  wireStatuses: Record<'received' | 'processing' | 'settled' | 'rejected' | 'cancelled', string>;
  /** The provider's name for an available balance. */
  balanceType: string;
  needsApproval: boolean;
  quarantineMs: number;
  idempotentInitiation: boolean;
  consentReturn: {
    /** The parameters, beside the state, with which the customer comes back. */
    granted(code: string): Record<string, string>;
    /** The code of a return, undefined where it has none; `declined` where the customer said no. */
    read(parameters: URLSearchParams): { code: string | undefined } | 'declined';
  };
  /** The parameters, beside the state, with which the customer comes back from a payment. */
  paymentReturn?: Readonly<Record<string, string>>;
}

/** A provider that passes on the ISO 20022 codes of its banks. */
export const isoCodes: Pick<MockProtocol, 'wireStatuses' | 'balanceType'> = {
  wireStatuses: {
    received: 'RCVD',
    processing: 'ACSP',
    settled: 'ACSC',
    rejected: 'RJCT',
    cancelled: 'CNCL',
  },
  balanceType: 'ITAV',
};

/** A return as OAuth has it (RFC 6749, 4.1.2). */
export const oauthReturn: MockProtocol['consentReturn'] = {
  granted: (code) => ({ code }),
  read: (parameters) =>
    parameters.get('error') === 'access_denied' ? 'declined' : { code: parameters.get('code') ?? undefined },
};
