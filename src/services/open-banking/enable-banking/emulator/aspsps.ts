import type { SandboxBank } from '#emulation/bank/banks.ts';
import { authMethodsOf } from './auth-methods.ts';
import { profileOf, psuTypesOf } from './bank-profiles.ts';
import { capabilitiesOf } from './capability.ts';

/** As `GET /aspsps` describes a bank (OpenAPI, `ASPSPData`). */
export function describeAspsp(bank: SandboxBank, origin: string): Record<string, unknown> {
  const psuTypes = psuTypesOf(bank);
  return {
    name: bank.name,
    country: 'NO',
    logo: `${origin}/brands/NO/${bank.slug}/`,
    bic: bank.bic,
    psu_types: psuTypes,
    auth_methods: psuTypes.flatMap((psuType) => authMethodsOf(bank, psuType)),
    maximum_consent_validity: bank.consentSecondsMax,
    required_psu_headers: profileOf(bank).requiredPsuHeaders ?? [],
    beta: false,
    payments: psuTypes.flatMap((psuType) => capabilitiesOf(bank, psuType)),
  };
}
