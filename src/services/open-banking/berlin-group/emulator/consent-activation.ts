import type { Bench, Consent } from './world.ts';

/** Puts a consent in force, which ends the customer's former one at this bank. */
export function activate(consent: Consent, { world }: Bench): void {
  const former = world().consents.filter(
    ({ status, bank, holder }) =>
      status === 'active' && bank.slug === consent.bank.slug && holder === consent.holder,
  );
  for (const each of former) each.status = 'expired';
  consent.status = 'active';
}
