import type { Acts } from './wire.ts';

/** A token of `claims` made out and verified, and `jwt`, a token of another, verified. */
export declare function jsonWebTokens(options: {
  privateKey: string;
  publicKey: string;
  claims: object;
  jwt: string;
}): Acts;

/** A signature over `headers`, and its verification. */
export declare function httpSignature(options: {
  privateKey: string;
  publicKey: string;
  keyId: string;
  headers: Readonly<Record<string, string>>;
  names: readonly string[];
}): Acts;
