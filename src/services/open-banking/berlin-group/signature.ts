import { createHash, sign, type KeyObject } from 'node:crypto';
import type { SignedHeader } from './bank-profiles.ts';

/** The key of the seal (QSEAL), with what requests say of its certificate. */
export interface Seal {
  privateKey: KeyObject;
  /** `SN=<serial number>,CA=<issuer>`: which certificate. */
  keyId: string;
  /** The certificate in DER, base64 without line breaks. */
  certificate: string;
}

/** The value of `Digest` (RFC 3230); also an empty body has one. */
export function digestOf(body: string): string {
  return `SHA-256=${createHash('sha256').update(body).digest('base64')}`;
}

/** What is signed: one line for each header, in the order of the list (draft-cavage-http-signatures-12, 2.3). */
function signingString(
  headers: Readonly<Record<string, string>>,
  names: readonly SignedHeader[],
): { names: SignedHeader[]; text: string } {
  const given = names.filter((name) => headers[name] !== undefined);
  return { names: given, text: given.map((name) => `${name}: ${headers[name]}`).join('\n') };
}

/**
 * The headers that prove who sends a request (Berlin Group, Implementation Guidelines, section 12): `Signature` over
 * those of the bank's list that the request has, and the certificate to verify it with.
 */
export function signatureHeaders(
  headers: Readonly<Record<string, string>>,
  list: readonly SignedHeader[],
  { privateKey, keyId, certificate }: Seal,
): Record<'signature' | 'tpp-signature-certificate', string> {
  const { names, text } = signingString(headers, list);
  const signature = sign('sha256', Buffer.from(text), privateKey).toString('base64');
  const parameters = { keyId, algorithm: 'rsa-sha256', headers: names.join(' '), signature };
  const written = Object.entries(parameters).map(([name, value]) => `${name}="${value}"`);
  return { signature: written.join(','), 'tpp-signature-certificate': certificate };
}
