import { consentStatusAt } from '#emulation/bank/world.ts';
import { refuse } from './requests.ts';
import type { Bench, Consent } from './world.ts';

/** A token that was replaced by another is as good as one that has run out. */
export function consentOfToken(token: string | undefined, { world, context }: Bench): Consent {
  const now = context.clock.now();
  const consent = world().consents.find(({ tokens }) => tokens?.access === token);
  if (consent?.tokens === undefined) throw refuse(401, 'token_expired');
  assertActive(consent, now);
  if (consent.tokens.accessExpiresAt <= now) throw refuse(401, 'token_expired');
  return consent;
}

/** Refuses a consent that has ended. */
export function assertActive(consent: Consent, now: Date): Consent {
  const status = consentStatusAt(consent, now);
  if (status === 'active') return consent;
  throw refuse(403, status === 'expired' ? 'consent_expired' : 'consent_revoked');
}
