import { DropError } from '#domain/errors.ts';
import type { Access, AttendedAccess, Customer } from '#services/open-banking/service.ts';
import type { DirectBank } from './banks.ts';

type Headers = Record<string, string>;

/**
 * The headers that say the customer is there: their true address and browser, or none at all. Without an address the
 * read counts as unattended, of which a bank allows four a day.
 */
export function presenceHeaders(access: Access): Headers {
  if (access.kind === 'unattended' || access.ipAddress === undefined) return {};
  return {
    'psu-ip-address': access.ipAddress,
    ...(access.userAgent !== undefined && { 'psu-user-agent': access.userAgent }),
  };
}

/**
 * The same for a consent or payment that the customer begins, where the address is mandatory.
 *
 * @throws {DropError} `provider_refused` (`not_sent`) where the address is not known: it is not invented.
 */
export function beginningHeaders(access: AttendedAccess): Headers {
  if (access.ipAddress !== undefined) return presenceHeaders(access);
  const message = 'the bank requires the address of the customer, which is not known';
  throw new DropError('provider_refused', { message, outcome: 'not_sent', provider: 'berlin-group' });
}

/**
 * By what the bank recognises its customer, where it must be told.
 *
 * @throws {DropError} `national_id_required` (`not_sent`) where it must be told a number that is not known.
 */
export function customerHeaders({ psuId }: DirectBank, { nationalIdentityNumber }: Customer): Headers {
  if (psuId === undefined) return {};
  if (nationalIdentityNumber) return { 'psu-id': nationalIdentityNumber.reveal() };
  const message = 'the bank requires the national identity number, which is not known';
  throw new DropError('national_id_required', { message, outcome: 'not_sent', provider: 'berlin-group' });
}

/** The customer comes back to one of two addresses, which differ in `outcome` and carry Drop's state. */
export interface ReturnAddresses {
  ok: string;
  nok: string;
}

export function returnAddresses(redirectUri: string, state: string): ReturnAddresses {
  const ok = new URL(redirectUri);
  ok.searchParams.set('state', state);
  const nok = new URL(ok);
  nok.searchParams.set('outcome', 'declined');
  return { ok: ok.href, nok: nok.href };
}

/** Redirect comes first; a bank that approves in its app, or asks for nothing, says so in its answer. */
export function approvalHeaders({ ok, nok }: ReturnAddresses): Headers {
  return {
    'tpp-redirect-preferred': 'true',
    'tpp-redirect-uri': ok,
    'tpp-nok-redirect-uri': nok,
  };
}
