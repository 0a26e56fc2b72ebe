import { z } from 'zod';

const profile = ['name', 'given_name', 'family_name', 'birthdate'];

/** How an issuer provides the claims of a person and names its levels. */
export interface IssuerProfile {
  /** The claim that holds the national identity number. */
  numberClaim: string;
  /** The scopes that the issuer knows, and the personal claims that each grants. Any other scope is refused. */
  scopes: Readonly<Record<string, readonly string[]>>;
  /** Whether the personal claims are in the ID token, or in the answer of userinfo alone. */
  identitySource: 'id_token' | 'userinfo';
  /** The `acr_values` that the issuer knows, strongest first, and the `acr` that the ID token then has. */
  levels: Readonly<Record<string, string>>;
  /** The claim with the identifier of the person's BankID, which is not the national identity number. */
  certificateClaim?: string;
}

/**
 * The issuers that the emulator imitates, from their documentation; `bankid-new-platform` from a published token of
 * BankID's newest test platform, whose scopes and levels are assumed to be BankID's.
 */
export const issuers = {
  bankid: {
    numberClaim: 'nnin_altsub',
    scopes: { openid: [], profile, nnin_altsub: ['nnin_altsub'] },
    identitySource: 'id_token',
    levels: { 'urn:bankid:bid': 'urn:bankid:bid;LOA=4', 'urn:bankid:bis': 'urn:bankid:bis;LOA=3' },
    certificateClaim: 'bankid_altsub',
  },
  'bankid-new-platform': {
    numberClaim: 'sub_nnin',
    scopes: { openid: [], profile, nnin_altsub: ['sub_nnin'] },
    identitySource: 'id_token',
    levels: { 'urn:bankid:bid': 'urn:bankid:bid', 'urn:bankid:bis': 'urn:bankid:bis' },
    certificateClaim: 'sub_bankid',
  },
  'id-porten': {
    numberClaim: 'pid',
    scopes: { openid: ['pid'], profile: [] },
    identitySource: 'id_token',
    levels: {
      'idporten-loa-high': 'idporten-loa-high',
      'idporten-loa-substantial': 'idporten-loa-substantial',
    },
  },
  signicat: {
    numberClaim: 'nin',
    scopes: { openid: [], profile, nin: ['nin'] },
    identitySource: 'userinfo',
    levels: {},
  },
  idura: {
    numberClaim: 'socialno',
    scopes: { openid: profile, ssn: ['socialno'] },
    identitySource: 'id_token',
    levels: {
      'urn:grn:authn:no:bankid:high': 'urn:grn:authn:no:bankid:high',
      'urn:grn:authn:no:bankid:substantial': 'urn:grn:authn:no:bankid:substantial',
      'urn:grn:authn:no:bankid': 'urn:grn:authn:no:bankid',
    },
  },
} as const satisfies Record<string, IssuerProfile>;

export type IssuerName = keyof typeof issuers;
export const issuerNameSchema = z.enum(Object.keys(issuers) as [IssuerName, ...IssuerName[]]);

/** The personal claims that `scope` grants at an issuer. */
export function claimsOf({ scopes }: IssuerProfile, scope: readonly string[]): string[] {
  return scope.flatMap((name) => scopes[name] ?? []);
}
