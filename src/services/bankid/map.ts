import {
  parseNationalIdentityNumber,
  type NationalIdentityNumber,
} from '#domain/identity/national-identity-number.ts';
import { Secret } from '#domain/secret.ts';
import { shownText } from '#domain/shown-text.ts';
import { tokenInvalid } from './errors.ts';
import type { BankIdOptions } from './options.ts';
import type { VerifiedIdentity } from './service.ts';
import type { IdTokenClaims } from './wire.ts';

/**
 * The claims of a verified ID token → the person. Pure. Fails closed: without a valid number, with one of people that
 * may not sign in here, or with a birth date that contradicts it, there is no person.
 *
 * @throws {DropError} `sign_in_token_invalid`, never quoting the number.
 */
export function toVerifiedIdentity(
  claims: IdTokenClaims,
  options: Pick<BankIdOptions, 'nationalIdentityClaims' | 'acceptSynthetic'>,
): VerifiedIdentity {
  const digits = nationalIdentityNumberIn(claims, options.nationalIdentityClaims);
  const parsed = parseNationalIdentityNumber(digits);
  if (!parsed.ok) throw tokenInvalid(`the national identity number, ${parsed.reason}`);
  refuseSynthetic(parsed.number, options.acceptSynthetic);
  const birthdate = claims.birthdate ?? undefined;
  if (birthdate !== undefined && parsed.number.birthDateCertain && birthdate !== parsed.number.birthDate) {
    throw tokenInvalid('birthdate, it contradicts the national identity number');
  }
  return {
    issuer: claims.iss,
    subject: claims.sub,
    nationalIdentityNumber: new Secret(digits),
    name: shownText(claims.name ?? [claims.given_name, claims.family_name].filter(Boolean).join(' ')),
    birthdate,
    acr: claims.acr,
  };
}

function nationalIdentityNumberIn(claims: IdTokenClaims, names: readonly string[]): string {
  const name = names.find((candidate) => claims[candidate] !== undefined);
  if (name === undefined) throw tokenInvalid('the national identity number, there is none');
  const value = claims[name];
  if (typeof value !== 'string') throw tokenInvalid(`the national identity number, ${name} is not text`);
  return value;
}

/** Month + 40 may be a hospital's H-number as well as NAV's test data, and BankID issues to neither. */
function refuseSynthetic({ synthetic }: NationalIdentityNumber, acceptSynthetic: boolean): void {
  switch (synthetic) {
    case 'none':
      return;
    case 'tenor':
      if (acceptSynthetic) return;
      throw tokenInvalid('the national identity number, a synthetic one');
    case 'nav':
      throw tokenInvalid('the national identity number, not from the National Registry');
  }
}
