import type { Access } from '#services/open-banking/service.ts';

/**
 * The headers that say the customer is there. The provider wants all that the bank requires or none at all
 * (OpenAPI, `required_psu_headers`), and what Drop does not know of the customer is not invented: where the bank
 * requires more than that, the read counts as unattended. So it does where the address is not known, whatever the bank
 * requires: the address is what tells a bank that the customer is there (Berlin Group, `PSU-IP-Address`), and a browser
 * without one would say so to the provider alone.
 */
export function psuHeaders(access: Access, required: readonly string[]): Record<string, string> {
  if (access.kind === 'unattended' || access.ipAddress === undefined) return {};
  const known: Record<string, string> = { 'psu-ip-address': access.ipAddress };
  if (access.userAgent !== undefined) known['psu-user-agent'] = access.userAgent;
  return required.every((name) => name.toLowerCase() in known) ? known : {};
}
