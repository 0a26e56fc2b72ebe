import { decodeJwt, decodeProtectedHeader, type JWTPayload, type ProtectedHeaderParameters } from 'jose';
import { redactText } from '#domain/redaction.ts';
import { nationalIdentityClaimsDefault, type BankIdOptions } from './options.ts';

/** The expectations by which an ID token was judged. */
export interface Expected {
  issuer: string;
  algorithms: readonly string[];
  nonce: string;
  now: Date;
  options: Pick<BankIdOptions, 'clientId' | 'acrValues' | 'maxAgeSeconds' | 'nationalIdentityClaims'>;
}

/** What the issuer sent. */
export interface Received {
  idToken: string;
  userinfo?: Readonly<Record<string, unknown>>;
}

const shownLengthMax = 200;
const claimsMax = 60;

/**
 * Describes a refused ID token for the log: what Drop expected, and what the token says about it. Contains names of
 * claims but neither the token, nor a nonce, nor the value of a personal claim. Pure; does not throw.
 */
export function describeRefusal(expected: Expected, received: Received): Record<string, unknown> {
  const { clientId, acrValues, maxAgeSeconds, nationalIdentityClaims } = expected.options;
  return {
    expected: {
      issuer: expected.issuer,
      audience: clientId,
      algorithms: expected.algorithms,
      at: expected.now.toISOString(),
      ...(acrValues && { acr: acrValues }),
      ...(maxAgeSeconds !== undefined && { maxAgeSeconds }),
      numberIn: nationalIdentityClaims,
    },
    received: {
      ...headerOf(received.idToken, [expected.nonce]),
      ...claimsOf(expected, received),
      ...(received.userinfo && { userinfoClaims: namesOf(received.userinfo) }),
    },
  };
}

function headerOf(idToken: string, hidden: readonly string[]): Record<string, unknown> {
  const header = decoded<ProtectedHeaderParameters>(() => decodeProtectedHeader(idToken));
  return header
    ? { alg: shown(header.alg, hidden), kid: shown(header.kid, hidden) }
    : { header: 'unreadable' };
}

function claimsOf(expected: Expected, { idToken, userinfo }: Received): Record<string, unknown> {
  const payload = decoded<JWTPayload>(() => decodeJwt(idToken));
  if (!payload) return { claims: 'unreadable' };
  const hidden = hiddenIn(expected, [payload, userinfo ?? {}]);
  const text = (value: unknown): unknown => shown(value, hidden);
  const { iss, aud, azp, acr, nonce } = payload as Record<string, unknown>;
  return {
    issuer: text(iss),
    audience: Array.isArray(aud) ? aud.slice(0, 5).map(text) : text(aud),
    ...(azp !== undefined && { authorizedParty: text(azp) }),
    acr: text(acr),
    nonce: nonce === undefined ? 'missing' : nonce === expected.nonce ? 'matches' : 'differs',
    expiresAt: time(payload.exp),
    issuedAt: time(payload.iat),
    ...(payload.nbf !== undefined && { notBefore: time(payload.nbf) }),
    authenticatedAt: time(payload['auth_time']),
    claims: namesOf(payload, hidden),
  };
}

/** Values that must not appear even if the issuer repeats them in a claim that is shown. */
function hiddenIn(
  { nonce, options }: Expected,
  sources: readonly Readonly<Record<string, unknown>>[],
): string[] {
  const names = new Set(['nonce', ...nationalIdentityClaimsDefault, ...options.nationalIdentityClaims]);
  const values = sources.flatMap((source) => [...names].map((name) => source[name]));
  return [nonce, ...values.filter((value) => value !== undefined && value !== null).map(String)];
}

function namesOf(claims: Readonly<Record<string, unknown>>, hidden: readonly string[] = []): string[] {
  return Object.keys(claims)
    .slice(0, claimsMax)
    .map((name) => redactText(name, hidden).slice(0, shownLengthMax));
}

function shown(value: unknown, hidden: readonly string[]): unknown {
  if (value === undefined) return 'missing';
  return typeof value === 'string' ? redactText(value, hidden).slice(0, shownLengthMax) : 'not a string';
}

const timeMax = 8.64e12;

function time(seconds: unknown): string {
  if (seconds === undefined) return 'missing';
  const isTime = typeof seconds === 'number' && Math.abs(seconds) < timeMax;
  return isTime ? new Date(seconds * 1000).toISOString() : 'not a time';
}

function decoded<Decoded>(decode: () => Decoded): Decoded | undefined {
  try {
    return decode();
  } catch {
    return undefined;
  }
}
