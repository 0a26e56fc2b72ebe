import { generateKeyPair, randomUUID, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { selfSignedCertificate } from './certificate.ts';

/** The application as it would be registered in the provider's control panel, and the provider's own webhook key. */
export interface EmulatorKeys {
  applicationId: string;
  applicationPublicKey: KeyObject;
  /** Only for the environment of the sandbox: the real provider never sees it. */
  applicationPrivateKeyPem: string;
  webhookPrivateKey: KeyObject;
  webhookCertificatePem: string;
}

const generate = promisify(generateKeyPair);

export async function createKeys(now: Date): Promise<EmulatorKeys> {
  const [application, webhook] = await Promise.all([
    generate('rsa', { modulusLength: 2048 }),
    generate('rsa', { modulusLength: 2048 }),
  ]);
  return {
    applicationId: `demo-${randomUUID()}`,
    applicationPublicKey: application.publicKey,
    applicationPrivateKeyPem: application.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    webhookPrivateKey: webhook.privateKey,
    webhookCertificatePem: selfSignedCertificate({ commonName: 'Sandbox webhooks', now, ...webhook }),
  };
}
