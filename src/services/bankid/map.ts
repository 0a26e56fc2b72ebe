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
 * Maps the claims of a verified ID token to the identity. Pure. Fails closed: it throws when the number is missing or
 * invalid, is not allowed to sign in here, or contradicts the birth date.
 *
 * @throws {DropError} `sign_in_token_invalid`, which never quotes the number.
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
  if (name === undefined) throw tokenInvalid('the national identity number, it is missing');
  const value = claims[name];
  if (typeof value !== 'string') throw tokenInvalid(`the national identity number, ${name} is not a string`);
  return value;
}

/** A number with month + 40 is a hospital's H-number or NAV's test data. BankID issues to neither. */
function refuseSynthetic({ synthetic }: NationalIdentityNumber, acceptSynthetic: boolean): void {
  switch (synthetic) {
    case 'none':
      return;
    case 'tenor':
      if (acceptSynthetic) return;
      throw tokenInvalid('the national identity number, it is synthetic');
    case 'nav':
      throw tokenInvalid('the national identity number, not from the National Registry');
  }
}
