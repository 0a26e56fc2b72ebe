import { request } from 'undici';

/** More than the ten within ten minutes that Drop alerts. */
const webhooks = 12;

/** Sends webhooks with a wrong signature, which Drop alerts once. */
export async function refuseWebhooks(appOrigin: string): Promise<void> {
  for (let count = 0; count < webhooks; count += 1) {
    const { body } = await request(`${appOrigin}/api/kyc/webhook`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-payload-digest': '00',
        'x-payload-digest-alg': 'HMAC_SHA256_HEX',
      },
      body: '{}',
    });
    await body.dump();
  }
}
