import type { PaymentOrder } from '#domain/payment/order.ts';
import type { Operation } from '../outbound/fault-matrix/operation.ts';

/** What the shared suites must know of a provider that its definition does not say: its own words. */
export interface ProviderSubject {
  /** How the provider's emulator and client name what the faults strike. */
  operations: Record<'redeemCode' | 'readBalance' | 'initiate', string>;
  /** What a payment's status is on the wire. */
  wireStatuses: Record<'settled' | 'rejected', string>;
  /** The parameters of a callback, beside those that identify the return. */
  callbacks: {
    /** The customer said no to a consent. */
    declined: Readonly<Record<string, string>>;
    /** A consent under a code that was never given. */
    unknownCode: Readonly<Record<string, string>>;
    /** The customer approved a payment. */
    approvedPayment: Readonly<Record<string, string>>;
  };
  /** Variables with credentials that the provider does not accept. */
  impostor: Readonly<Record<string, string>>;
  /** An order that the provider refuses for its form. */
  refusedOrder: Partial<PaymentOrder>;
  /** What the signature of a webhook covers beside the body. */
  signedBesideBody: readonly ('method' | 'path')[];
  /** What vouches for a webhook: a `shared_key` says who sent it and nothing of its body. `none` sends no webhooks. */
  webhookProof: 'signature' | 'shared_key' | 'none';
  /** The banks of the sandbox that it does not reach. */
  absentBanks: readonly string[];
  /** Whether a return brings a code that is good once. */
  redeemsCodes: boolean;
  /** Whether it says why a consent has ended. */
  tellsConsentEnds: boolean;
  /** Whether it says why a bank rejected a payment. */
  tellsPaymentReasons: boolean;
  /** Whether a payment that is read back has the end-to-end identification. */
  returnsEndToEndIds: boolean;
  /** Whether the `state` that Drop gives comes back in the return. */
  returnsState: boolean;
  /** Whether it can call a payment back that was not ordered for a later day. */
  cancelsPayments: boolean;
  /**
   * The fields of answers that are documented and that Drop does not read, by operation, and those of refusals: at a
   * live provider every other field that is not read is drift.
   */
  documentedFields: Readonly<Record<string, readonly string[]>>;
}

/** Stands in `test/conformance/<id>/subject.ts`. */
export async function subjectOf(id: string): Promise<ProviderSubject> {
  const { subject } = (await import(`./${id}/subject.ts`)) as { subject: ProviderSubject };
  return subject;
}

/** Stands in `test/conformance/<id>/operations.ts`: everything that the production client calls. */
export async function operationsOf(id: string): Promise<ProviderOperations> {
  return (await import(`./${id}/operations.ts`)) as ProviderOperations;
}

export interface ProviderOperations {
  operations: readonly Operation[];
  /** The operations of whose bodies something is kept. */
  recordedOperations: readonly string[];
}
