import { boundedAskAgainMs, noStep, type NextStep } from '#domain/banking/next-step.ts';
import type { NextStep as ShownStep } from './contract/next-step.ts';

/** A next step as the API shows it. */
export function shownStep(next: NextStep): ShownStep {
  switch (next.kind) {
    case 'none':
      return next;
    case 'redirect':
      return { kind: 'redirect', url: next.url };
    case 'decoupled': {
      const askAgainSeconds = Math.ceil(boundedAskAgainMs(next) / 1_000);
      return { kind: 'decoupled', message: next.message ?? null, askAgainSeconds };
    }
  }
}

/** The step of a consent or payment that waits for the customer, by what Drop keeps of it. */
export function stepOf(kept: {
  redirectUrl?: string | undefined;
  decoupledStep: Extract<NextStep, { kind: 'decoupled' }> | undefined;
}): NextStep {
  if (kept.decoupledStep !== undefined) return kept.decoupledStep;
  return kept.redirectUrl === undefined
    ? noStep
    : { kind: 'redirect', url: kept.redirectUrl, expiresAt: undefined };
}
