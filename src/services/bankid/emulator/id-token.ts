import { createHash, randomUUID } from 'node:crypto';
import { claimsOf, type IssuerProfile } from './issuers.ts';
import type { BankIdPerson } from './person.ts';

const lifetimeSeconds = 300;
/** BankID's `nbf` is one minute before `iat`. */
const notBeforeSeconds = 60;

export interface IdTokenRequest {
  issuer: string;
  clientId: string;
  nonce: string;
  scope: readonly string[];
  acr: string | undefined;
  authenticatedAt: Date;
  now: Date;
  accessToken: string;
  person: BankIdPerson;
  profile: IssuerProfile;
}

/** The claims of BankID's ID token (its documentation, API version 4), with those of the person from the issuer. */
export function idTokenClaims(request: IdTokenRequest): Record<string, unknown> {
  const { person, scope, profile } = request;
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
    ...(request.acr !== undefined && { acr: request.acr }),
    amr: ['bid'],
    ...(profile.certificateClaim !== undefined && { [profile.certificateClaim]: certificateIdOf(person) }),
    api_ver: 4,
    at_hash: createHash('sha256').update(request.accessToken).digest().subarray(0, 16).toString('base64url'),
    ...(profile.identitySource === 'id_token' && personClaims(person, scope, profile)),
  };
}

/** The claims about the person that the scopes grant, which are in the ID token or in userinfo. */
export function personClaims(
  person: BankIdPerson,
  scope: readonly string[],
  profile: IssuerProfile,
): Record<string, unknown> {
  const granted = claimsOf(profile, scope);
  const known = { ...namesOf(person), ...numberOf(person, profile) };
  return Object.fromEntries(Object.entries(known).filter(([claim]) => granted.includes(claim)));
}

function namesOf({ name, birthdate }: BankIdPerson): Record<string, unknown> {
  const [familyName = '', ...givenNames] = name.split(' ').reverse();
  return { name, given_name: givenNames.reverse().join(' '), family_name: familyName, birthdate };
}

function numberOf(
  { nationalIdentityNumber, outcome }: BankIdPerson,
  { numberClaim }: IssuerProfile,
): Record<string, unknown> {
  return outcome === 'number_missing' ? {} : { [numberClaim]: nationalIdentityNumber };
}

function certificateIdOf(person: BankIdPerson): string {
  return `9578-6000-4-${digest(person).replace(/\D/g, '').slice(0, 7)}`;
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
