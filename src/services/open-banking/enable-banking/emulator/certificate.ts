import { randomBytes, sign, type KeyObject } from 'node:crypto';

/**
 * A self-signed X.509 certificate (RFC 5280, version 1: no extensions) for an RSA key, in PEM, written by hand, since
 * Node reads certificates but makes none. Good for a year around `now`.
 */
export function selfSignedCertificate(options: {
  commonName: string;
  publicKey: KeyObject;
  privateKey: KeyObject;
  now: Date;
}): string {
  const { publicKey, privateKey, now } = options;
  const dayMs = 86_400_000;
  const name = distinguishedName(options.commonName);
  const validity = [utcTime(now.getTime() - dayMs), utcTime(now.getTime() + 365 * dayMs)];
  const serialNumber = randomBytes(8);
  serialNumber[0] = ((serialNumber[0] ?? 0) & 0x7f) | 0x40;
  const toBeSigned = sequence(
    element(0x02, serialNumber),
    sha256WithRsa,
    name,
    sequence(...validity),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = sign('sha256', toBeSigned, privateKey);
  return pem(sequence(toBeSigned, sha256WithRsa, element(0x03, Uint8Array.of(0), signature)));
}

/** One DER element: tag, length, content (X.690, 8.1). */
function element(tag: number, ...contents: Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Uint8Array.of(tag, ...length(content.length)), content]);
}

function length(bytes: number): number[] {
  if (bytes < 0x80) return [bytes];
  const digits = bytes < 0x1_00 ? [bytes] : [bytes >> 8, bytes & 0xff];
  return [0x80 | digits.length, ...digits];
}

const sequence = (...contents: Uint8Array[]): Buffer => element(0x30, ...contents);
const identifier = (hex: string): Buffer => element(0x06, Buffer.from(hex, 'hex'));

/** 1.2.840.113549.1.1.11 with a null parameter. */
const sha256WithRsa = sequence(identifier('2a864886f70d01010b'), element(0x05));

/** Only a common name (2.5.4.3), as UTF8String. */
function distinguishedName(commonName: string): Buffer {
  const attribute = sequence(identifier('550403'), element(0x0c, Buffer.from(commonName)));
  return sequence(element(0x31, attribute));
}

/** `YYMMDDhhmmssZ`. */
function utcTime(milliseconds: number): Buffer {
  const digits = new Date(milliseconds).toISOString().replace(/\D/g, '').slice(2, 14);
  return element(0x17, Buffer.from(`${digits}Z`));
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
