import { plainStep, type NextStep } from '#domain/banking/next-step.ts';
import { DropError } from '#domain/errors.ts';
import { isRedirectAllowed } from '#domain/redirect-address.ts';
import type { OpenBankingProvider } from '#services/open-banking/service.ts';
import type { UseCaseContext } from '../context.ts';

/** The step as it is kept and shown; undefined where it leads to an address to which a customer must not be sent. */
export function safeStepOf(
  { redirectPolicy }: UseCaseContext,
  { redirectHosts }: OpenBankingProvider,
  next: NextStep,
): NextStep | undefined {
  const plain = plainStep(next);
  const isSafe = plain.kind !== 'redirect' || isRedirectAllowed(plain.url, redirectPolicy, redirectHosts);
  return isSafe ? plain : undefined;
}

/**
 * The step as it is kept and shown.
 *
 * @throws {DropError} `provider_invalid_response` for an address to which a customer must not be sent.
 */
export function assertedSafeStep(
  context: UseCaseContext,
  provider: OpenBankingProvider,
  next: NextStep,
): NextStep {
  const safe = safeStepOf(context, provider, next);
  if (safe) return safe;
  throw new DropError('provider_invalid_response', {
    message: 'the page to consent at is at an address that is not allowed',
    provider: provider.id,
    outcome: 'unknown',
  });
}
