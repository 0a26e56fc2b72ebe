import { randomBytes, sign, type KeyObject } from 'node:crypto';

interface CertificateOptions {
  publicKey: KeyObject;
  privateKey: KeyObject;
  now: Date;
}

/** A self-signed certificate; see `certificateFor`. */
export function selfSignedCertificate(options: CertificateOptions & { commonName: string }): string {
  const name = { commonName: options.commonName };
  return certificateFor({ ...options, subject: name, issuer: name });
}

/** A name in a certificate. */
export interface DistinguishedName {
  countryName?: string;
  organizationName?: string;
  organizationIdentifier?: string;
  commonName: string;
}

/** A role of a payment institution: its name, and the last number of its identifier (ETSI TS 119 495, 4.5). */
const roleNumbers = { PSP_AS: 1, PSP_PI: 2, PSP_AI: 3, PSP_IC: 4 } as const;

interface IssuedCertificate extends CertificateOptions {
  subject: DistinguishedName;
  issuer: DistinguishedName;
  /** Of a payment institution: the roles in its statement of PSD2. */
  roles?: readonly (keyof typeof roleNumbers)[];
}

/**
 * An X.509 certificate (RFC 5280) for an RSA key, in PEM, written by hand, since Node reads certificates but makes
 * none. `privateKey` signs it. Good for a year around `now`.
 */
export function certificateFor(options: IssuedCertificate): string {
  const { publicKey, privateKey, now, roles } = options;
  const dayMs = 86_400_000;
  const validity = [utcTime(now.getTime() - dayMs), utcTime(now.getTime() + 365 * dayMs)];
  const serialNumber = randomBytes(8);
  serialNumber[0] = ((serialNumber[0] ?? 0) & 0x7f) | 0x40;
  const toBeSigned = sequence(
    ...(roles === undefined ? [] : [version3]),
    element(0x02, serialNumber),
    sha256WithRsa,
    nameOf(options.issuer),
    sequence(...validity),
    nameOf(options.subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    ...(roles === undefined ? [] : [extensionsOf(roles)]),
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
/** `UTF8String`. */
const text = (value: string): Buffer => element(0x0c, Buffer.from(value));

/** Without it a certificate is of version 1, which has no extensions. */
const version3 = element(0xa0, element(0x02, Uint8Array.of(2)));

/** `qcStatements` (1.3.6.1.5.5.7.1.3) with the statement of PSD2 (0.4.0.19495.2, ETSI TS 119 495, annex A). */
function extensionsOf(roles: NonNullable<IssuedCertificate['roles']>): Buffer {
  const named = roles.map((role) => sequence(identifier(`0400819827010${roleNumbers[role]}`), text(role)));
  const psd2 = sequence(sequence(...named), text('Sandkassetilsynet'), text('NO-SANDKASSE'));
  const statements = sequence(sequence(identifier('040081982702'), psd2));
  return element(0xa3, sequence(sequence(identifier('2b06010505070103'), element(0x04, statements))));
}

/** 1.2.840.113549.1.1.11 with a null parameter. */
const sha256WithRsa = sequence(identifier('2a864886f70d01010b'), element(0x05));

/** The object identifiers of the attributes 2.5.4.6, .10, .97 and .3, in the order in which names have them. */
const attributes = {
  countryName: '550406',
  organizationName: '55040a',
  organizationIdentifier: '550461',
  commonName: '550403',
} as const satisfies Record<keyof DistinguishedName, string>;

/** Each attribute as UTF8String. */
function nameOf(name: DistinguishedName): Buffer {
  const sets = Object.entries({ ...attributes }).flatMap(([attribute, hex]) => {
    const value = name[attribute as keyof DistinguishedName];
    if (value === undefined) return [];
    return [element(0x31, sequence(identifier(hex), text(value)))];
  });
  return sequence(...sets);
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
