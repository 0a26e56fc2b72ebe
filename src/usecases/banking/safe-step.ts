import type { NextStep } from '#domain/banking/next-step.ts';
import { DropError } from '#domain/errors.ts';
import { isRedirectAllowed } from '#domain/redirect-address.ts';
import type { OpenBankingProvider } from '#services/open-banking/service.ts';
import type { UseCaseContext } from '../context.ts';

/** Whether a customer may be sent where `next` leads: only an address may be unsafe. */
export function isSafeStep(
  { redirectPolicy }: UseCaseContext,
  { redirectHosts }: OpenBankingProvider,
  next: NextStep,
): boolean {
  return next.kind !== 'redirect' || isRedirectAllowed(next.url, redirectPolicy, redirectHosts);
}

/** @throws {DropError} `provider_invalid_response` for an address to which a customer must not be sent. */
export function assertSafeStep(context: UseCaseContext, provider: OpenBankingProvider, next: NextStep): void {
  if (isSafeStep(context, provider, next)) return;
  throw new DropError('provider_invalid_response', {
    message: 'the page to consent at is at an address that is not allowed',
    provider: provider.id,
    outcome: 'unknown',
  });
}
