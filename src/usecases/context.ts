import type { Clock } from '#domain/clock.ts';
import type { NationalIdentityHasher } from '#domain/identity/national-identity-hash.ts';
import type { RedirectPolicy } from '#domain/redirect-address.ts';
import type { Sealer } from '#domain/sealer.ts';
import type { Tracing } from '#domain/tracing.ts';
import type { Services } from '#services/index.ts';
import type { Store } from '#store/database.ts';

export type Log = (
  level: 'info' | 'warn' | 'error',
  message: string,
  details?: Record<string, unknown>,
) => void;

/** What every use case stands on. Made once, in `main.ts`. */
export interface UseCaseContext {
  store: Store;
  services: Services;
  clock: Clock;
  log: Log;
  tracing: Tracing;
  nationalIdentityHasher: NationalIdentityHasher;
  sealer: Sealer;
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
}
