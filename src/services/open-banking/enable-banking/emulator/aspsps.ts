import type { SandboxBank } from '#emulation/bank/banks.ts';
import { authMethod } from './auth-methods.ts';
import { domesticCapability } from './capability.ts';

const requiredPsuHeaders: Readonly<Record<string, readonly string[]>> = {
  dnb: ['Psu-Ip-Address'],
  nordea: ['Psu-Ip-Address', 'Psu-User-Agent'],
  handelsbanken: ['Psu-Ip-Address'],
  sparebank1: ['Psu-Ip-Address', 'Psu-User-Agent'],
};

/** The headers about the customer without which the bank takes no attended call; some banks need none. */
export function requiredPsuHeadersOf({ slug }: SandboxBank): readonly string[] {
  return requiredPsuHeaders[slug] ?? [];
}

/** As `GET /aspsps` describes a bank (OpenAPI, `ASPSPData`). */
export function describeAspsp(bank: SandboxBank, origin: string): Record<string, unknown> {
  return {
    name: bank.name,
    country: 'NO',
    logo: `${origin}/brands/NO/${bank.slug}/`,
    bic: bank.bic,
    psu_types: ['personal'],
    auth_methods: [authMethod],
    maximum_consent_validity: bank.consentSecondsMax,
    required_psu_headers: requiredPsuHeadersOf(bank),
    beta: false,
    payments: [domesticCapability(bank)],
  };
}
