import { createPrivateKey, X509Certificate } from 'node:crypto';
import { getCACertificates } from 'node:tls';
import { DropError } from '#domain/errors.ts';
import type { Secret } from '#domain/secret.ts';

/** How Drop proves itself to a provider by mutual TLS, and whom it trusts there. */
export interface ClientTls {
  /** PEM: the certificate, and those between it and its authority. */
  certificate?: Secret | undefined;
  /** PEM, without a passphrase. */
  privateKey?: Secret | undefined;
  /** PEM: authorities that vouch for the provider, beside the usual ones and NODE_EXTRA_CA_CERTS. */
  authorities?: string | undefined;
}

/** What undici's connections are made with. */
export interface TlsOptions {
  cert?: string;
  key?: string;
  ca?: string[];
}

/**
 * Judges what was configured before anybody is called with it.
 *
 * @throws {DropError} `configuration_invalid` when certificate and key do not belong together, or cannot be read. The
 * message quotes neither.
 */
export function toTlsOptions({ certificate, privateKey, authorities }: ClientTls): TlsOptions {
  if ((certificate === undefined) !== (privateKey === undefined)) {
    throw invalid('a client certificate needs its private key, and the key its certificate');
  }
  const [cert, key] = [certificate?.reveal(), privateKey?.reveal()];
  if (cert !== undefined && key !== undefined && !belongTogether(cert, key)) {
    throw invalid('the private key is not that of the client certificate');
  }
  return {
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...(authorities !== undefined && { ca: [...getCACertificates('default'), authorities] }),
  };
}

function belongTogether(certificate: string, privateKey: string): boolean {
  try {
    return new X509Certificate(certificate).checkPrivateKey(createPrivateKey(privateKey));
  } catch {
    throw invalid('client certificate and private key must be PEM, the key without a passphrase');
  }
}

function invalid(message: string): DropError {
  return new DropError('configuration_invalid', { message });
}
