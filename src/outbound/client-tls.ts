import { createPrivateKey, X509Certificate } from 'node:crypto';
import tls from 'node:tls';
import { CallError } from './call-error.ts';

/** A text that shows itself to whoever asks for it, and not to a log that is handed the object. */
export interface Secret {
  reveal(): string;
}

/** The client's certificate for mutual TLS with a provider, and the authorities that are trusted there. */
export interface ClientTls {
  /** PEM: the certificate and its intermediate certificates. */
  certificate?: Secret | undefined;
  /** PEM, without a passphrase. */
  privateKey?: Secret | undefined;
  /** PEM: additional certificate authorities for the provider, besides Node's own and NODE_EXTRA_CA_CERTS. */
  authorities?: string | undefined;
}

/** The TLS options of undici's connections. */
export interface TlsOptions {
  cert?: string;
  key?: string;
  ca?: string[];
}

/** A fault and the part that has it. Contains nothing of the part's value. */
export interface TlsFault {
  part: keyof ClientTls;
  problem: string;
}

/** Validates the configured certificate, key and authorities, before any call is made with them. */
export function tlsFaultsOf({ certificate, privateKey, authorities }: ClientTls): TlsFault[] {
  const isAuthority = authorities === undefined || areCertificates(authorities);
  return [
    ...identityFaults(certificate?.reveal(), privateKey?.reveal()),
    ...(isAuthority ? [] : [{ part: 'authorities', problem: 'must be certificates in PEM' } as const]),
  ];
}

/** @throws {CallError} `configuration_invalid` when `tlsFaultsOf` finds a fault. */
export function toTlsOptions(client: ClientTls): TlsOptions {
  const faults = tlsFaultsOf(client).map(({ part, problem }) => `${part} ${problem}`);
  if (faults.length > 0) throw new CallError('configuration_invalid', { message: faults.join('; ') });
  const [cert, key] = [client.certificate?.reveal(), client.privateKey?.reveal()];
  return {
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...(client.authorities !== undefined && { ca: [...authoritiesOfNode(), client.authorities] }),
  };
}

/** Before 22.15, Node cannot tell those of NODE_EXTRA_CA_CERTS. */
function authoritiesOfNode(): readonly string[] {
  const { getCACertificates } = tls as Partial<typeof tls>;
  return getCACertificates?.('default') ?? tls.rootCertificates;
}

/** When all the certificates in `pem` are valid: the client's own and those that vouch for it. */
export function validityOfCertificates(pem: string): { validFrom: Date; validUntil: Date } {
  const read = (pem.match(certificatePattern) ?? []).map((text) => new X509Certificate(text));
  return {
    validFrom: new Date(Math.max(...read.map(({ validFrom }) => Date.parse(validFrom)))),
    validUntil: new Date(Math.min(...read.map(({ validTo }) => Date.parse(validTo)))),
  };
}

function identityFaults(certificate: string | undefined, privateKey: string | undefined): TlsFault[] {
  const isCertificate = certificate === undefined || areCertificates(certificate);
  const key = privateKey === undefined ? undefined : keyOf(privateKey);
  const faults: TlsFault[] = [];
  if (!isCertificate) faults.push({ part: 'certificate', problem: 'must be certificates in PEM' });
  if (privateKey !== undefined && !key)
    faults.push({ part: 'privateKey', problem: 'must be a key in PEM without a passphrase' });
  if (certificate === undefined && privateKey !== undefined)
    faults.push({ part: 'certificate', problem: 'is required beside its private key' });
  if (certificate !== undefined && privateKey === undefined)
    faults.push({ part: 'privateKey', problem: 'is required beside its certificate' });
  if (
    certificate !== undefined &&
    isCertificate &&
    key &&
    !new X509Certificate(certificate).checkPrivateKey(key)
  )
    faults.push({ part: 'privateKey', problem: 'must be that of the certificate' });
  return faults;
}

const beginningPattern = /-----BEGIN [A-Z0-9 ]*CERTIFICATE-----/g;
const certificatePattern = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * Whether `pem` contains at least one certificate, all of them can be parsed, and so can the text before and between
 * them.
 */
function areCertificates(pem: string): boolean {
  const certificates = pem.match(certificatePattern) ?? [];
  if (certificates.length === 0 || certificates.length !== pem.match(beginningPattern)?.length) return false;
  return [pem, ...certificates].every((text) => isReadable(() => new X509Certificate(text)));
}

function keyOf(pem: string): ReturnType<typeof createPrivateKey> | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    // The error is dropped because its message may quote the key.
    return undefined;
  }
}

function isReadable(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}
