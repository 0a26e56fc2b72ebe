import { generateKeyPair, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { selfSignedCertificate } from '#emulation/certificate.ts';

/** The application as it would be registered in the provider's control panel, and the provider's own webhook key. */
export interface EmulatorKeys {
  applicationId: string;
  applicationPublicKey: KeyObject;
  /** Only for the environment of the sandbox: the real provider never sees it. */
  applicationPrivateKeyPem: string;
  /** Made when it is first asked for, at a payment: a start does not wait for it. */
  webhookKey(): WebhookKey;
}

interface WebhookKey {
  privateKey: KeyObject;
  certificatePem: string;
}

const modulusLength = 2048;

export async function createKeys(now: Date): Promise<EmulatorKeys> {
  const application = await promisify(generateKeyPair)('rsa', { modulusLength });
  let webhookKey: WebhookKey | undefined;
  return {
    applicationId: randomUUID(),
    applicationPublicKey: application.publicKey,
    applicationPrivateKeyPem: application.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    webhookKey: () => (webhookKey ??= newWebhookKey(now)),
  };
}

function newWebhookKey(now: Date): WebhookKey {
  const pair = generateKeyPairSync('rsa', { modulusLength });
  const certificatePem = selfSignedCertificate({ commonName: 'Sandbox webhooks', now, ...pair });
  return { privateKey: pair.privateKey, certificatePem };
}
