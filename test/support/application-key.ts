import { generateKeyPairSync } from 'node:crypto';

/** A private key such as a provider demands as `OPENBANKING_CLIENT_SECRET`, in PEM; new in every test file. */
export const applicationKey: string = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();
