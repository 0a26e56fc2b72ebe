import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { certificateFor } from '#emulation/certificate.ts';

/** The application's seal (QSEAL), as a trust service would have issued it. */
export interface SealKeys {
  clientId: string;
  certificatePem: string;
  /** Only for the environment of the sandbox: no bank ever sees it. */
  privateKeyPem: string;
}

/** Signed by itself in the authority's name: the banks here know the certificate, and no authority. */
export async function createSealKeys(now: Date, clientId = 'PSDNO-FSA-DROP'): Promise<SealKeys> {
  const pair = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const certificatePem = certificateFor({
    ...pair,
    now,
    roles: ['PSP_PI', 'PSP_AI'],
    issuer: { countryName: 'NO', organizationName: 'Sandkasse AS', commonName: 'Sandbox QSEAL CA' },
    subject: {
      countryName: 'NO',
      organizationName: 'Drop',
      organizationIdentifier: clientId,
      commonName: 'drop.example',
    },
  });
  const privateKeyPem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { clientId, certificatePem, privateKeyPem };
}
