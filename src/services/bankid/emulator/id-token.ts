import { createHash, randomUUID } from 'node:crypto';
import type { BankIdPerson } from './person.ts';

/** The claims of ID-porten (`pid`) and of BankID (`nnin_altsub`). */
export const nationalIdentityClaimsDefault = ['pid', 'nnin_altsub'];
const lifetimeSeconds = 300;
/** BankID's `nbf` is one minute before `iat`. */
const notBeforeSeconds = 60;

export interface IdTokenRequest {
  issuer: string;
  clientId: string;
  nonce: string;
  scope: readonly string[];
  acr: string;
  authenticatedAt: Date;
  now: Date;
  accessToken: string;
  person: BankIdPerson;
  nationalIdentityClaims: readonly string[];
  identitySource: 'id_token' | 'userinfo';
}

/** The claims of BankID's ID token (its documentation, API version 4). */
export function idTokenClaims(request: IdTokenRequest): Record<string, unknown> {
  const { person, scope } = request;
  const issuedAt = seconds(request.now);
  return {
    typ: 'ID',
    iss: request.issuer,
    aud: request.clientId,
    azp: request.clientId,
    exp: issuedAt + lifetimeSeconds,
    iat: issuedAt,
    nbf: issuedAt - notBeforeSeconds,
    auth_time: seconds(request.authenticatedAt),
    nonce: request.nonce,
    sub: subjectOf(person),
    jti: randomUUID(),
    sid: randomUUID(),
    acr: request.acr,
    amr: ['bid'],
    bankid_altsub: `9578-6000-4-${digest(person).replace(/\D/g, '').slice(0, 7)}`,
    api_ver: 4,
    at_hash: createHash('sha256').update(request.accessToken).digest().subarray(0, 16).toString('base64url'),
    ...(request.identitySource === 'id_token' && personClaims(person, scope, request.nationalIdentityClaims)),
  };
}

/** The claims about the person, which are in the ID token or in userinfo. */
export function personClaims(
  person: BankIdPerson,
  scope: readonly string[],
  nationalIdentityClaims: readonly string[],
): Record<string, unknown> {
  return {
    ...(scope.includes('profile') && profileOf(person)),
    ...(person.outcome !== 'number_missing' && numberOf(person, nationalIdentityClaims)),
  };
}

function profileOf({ name, birthdate }: BankIdPerson): Record<string, unknown> {
  const [familyName = '', ...givenNames] = name.split(' ').reverse();
  return { name, given_name: givenNames.reverse().join(' '), family_name: familyName, birthdate };
}

function numberOf(
  { nationalIdentityNumber }: BankIdPerson,
  claims: readonly string[],
): Record<string, unknown> {
  return Object.fromEntries(claims.map((claim) => [claim, nationalIdentityNumber]));
}

/** A GUID that is stable for a person and is not derived from the national identity number. */
export function subjectOf(person: BankIdPerson): string {
  return digest(person).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}

function digest({ id }: BankIdPerson): string {
  return createHash('sha256').update(`bankid emulator ${id}`).digest('hex');
}

function seconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1000);
}
