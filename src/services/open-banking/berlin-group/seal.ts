import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { DropError } from '#domain/errors.ts';
import type { Secret } from '#domain/secret.ts';
import { organisationOf } from '#services/open-banking/psd2-certificate.ts';
import type { Seal } from './signature.ts';

/**
 * Reads the seal (QSEAL): its certificate, whose private key is the client secret, issued to the client id.
 *
 * @throws {DropError} `configuration_invalid`; the message names what is wrong and no value.
 */
export function readSeal(given: { certificate: string; privateKey: Secret; clientId: string }): Seal {
  const certificate = certificateOf(given.certificate);
  const privateKey = keyOf(given.privateKey);
  if (certificate === undefined) throw invalid('BERLIN_GROUP_SEAL_CERTIFICATE must be a certificate in PEM');
  const problem = sealKeyProblem(given.privateKey);
  if (privateKey === undefined || problem !== undefined)
    throw invalid(`the client secret of berlin-group ${problem}`);
  if (!certificate.checkPrivateKey(privateKey))
    throw invalid('the client secret of berlin-group must be the key of BERLIN_GROUP_SEAL_CERTIFICATE');
  if (organisationOf(certificate) !== given.clientId)
    throw invalid(
      'the client id of berlin-group must be the organizationIdentifier of BERLIN_GROUP_SEAL_CERTIFICATE',
    );
  return {
    privateKey,
    keyId: keyIdOf(certificate),
    certificate: certificate.raw.toString('base64'),
  };
}

/** The problem with a client secret that is no key of a seal. Contains nothing of its value. */
export function sealKeyProblem(secret: Secret): string | undefined {
  const isKey = keyOf(secret)?.asymmetricKeyType === 'rsa';
  return isKey ? undefined : 'must be an RSA private key in PEM without a passphrase';
}

/** The certificate's serial number and issuer (RFC 4514); what may not stand in a quoted value is percent-encoded. */
function keyIdOf({ serialNumber, issuer }: X509Certificate): string {
  const name = issuer.split('\n').toReversed().join(',');
  return `SN=${serialNumber},CA=${name.replace(/[^\x21-\x7e]|["%]/gu, encodeURIComponent)}`;
}

/** Undefined for what is no certificate. */
export function certificateOf(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

/** Line breaks may have become the two characters `\n` on their way through an environment variable. */
function keyOf(pem: Secret): KeyObject | undefined {
  try {
    return createPrivateKey(pem.reveal().replaceAll('\\n', '\n'));
  } catch {
    // The error is dropped because its message may quote the key.
    return undefined;
  }
}

function invalid(message: string): DropError {
  return new DropError('configuration_invalid', { message, provider: 'berlin-group' });
}
