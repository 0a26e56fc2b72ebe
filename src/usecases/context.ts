import type { Clock } from '#domain/clock.ts';
import type { Entropy } from '#domain/entropy.ts';
import type { NationalIdentityHasher } from '#domain/identity/national-identity-hash.ts';
import type { Evidence, PaymentStatus } from '#domain/payment/status.ts';
import type { RedirectPolicy } from '#domain/redirect-address.ts';
import type { Sealer } from '#domain/sealer.ts';
import type { Tracing } from '#domain/tracing.ts';
import type { Services } from '#services/index.ts';
import type { AuditParts } from './audit/context.ts';
import type { Flags } from './flags/flags.ts';
import type { OpenTransaction, Store } from '#store/database.ts';

export type Log = (
  level: 'info' | 'warn' | 'error',
  message: string,
  details?: Record<string, unknown>,
) => void;

/** The jobs that use cases enqueue, by name, and their data: ids only, since it is stored in plain text. */
export interface EnqueuedJobs {
  /** Ends a consent at its provider that was granted and is not kept. */
  'end-discarded-consent': { provider: string; bankId: string; reference: string; connectionId: string };
  /** Makes the copy of their data that a customer asked for. */
  'make-data-copy': { copyId: string };
}

/** Enqueues a job in the caller's transaction: it is done at least once if that commits, and never if it does not. */
export type Enqueue = <Name extends keyof EnqueuedJobs>(
  transaction: OpenTransaction,
  name: Name,
  data: EnqueuedJobs[Name],
) => Promise<void>;

/** A change of the status of a payment, once it is committed. */
export interface PaymentMove {
  from: PaymentStatus;
  to: PaymentStatus;
  evidence: Evidence;
  /**
   * The longest that the new status may have held at the bank before Drop wrote it, in milliseconds: since the webhook
   * about it arrived, or else since the last reading that did not show it.
   */
  unknownForMs: number;
}

/** What every use case stands on. Made once, in `main.ts`. */
export interface UseCaseContext {
  store: Store;
  services: Services;
  clock: Clock;
  entropy: Entropy;
  enqueue: Enqueue;
  log: Log;
  /** Called with each move of a payment, for the metrics. Must not throw. */
  onPaymentMoved?(move: PaymentMove): void;
  tracing: Tracing;
  nationalIdentityHasher: NationalIdentityHasher;
  sealer: Sealer;
  flags: Flags;
  /** Where BankID sends the browser back to. */
  bankIdCallbackUrl: string;
  /** Where BankID sends a person back to who signs in from the app: Drop's server, or the app itself. */
  bankIdCallbackUrlMobile: string;
  /** Where the banks of a provider send the browser back to. */
  bankCallbackUrlAt(provider: string): string;
  /** Which addresses of providers a customer may be sent to. */
  redirectPolicy: RedirectPolicy;
  /** Where Drop's own webhooks are reached, without the path. */
  baseUrl: string;
  kycLevelName: string;
  /** The beginning of the addresses of the runbook's pages; their path in the repository unless given. */
  runbookUrl: string | undefined;
  /** The certificates that Drop shows to providers. */
  certificates: readonly WatchedCertificate[];
  audit: AuditParts;
}

/** A client certificate of the configuration. */
export interface WatchedCertificate {
  provider: string;
  /** The name of the variable that gives it. */
  variable: string;
  /** When it, or a certificate that vouches for it, ends. */
  validUntil: Date;
}
