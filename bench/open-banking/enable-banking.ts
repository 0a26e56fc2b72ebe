import { createHash, createPrivateKey, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { SignJWT } from 'jose';
import { ManualClock, systemClock } from '../../src/domain/clock.ts';
import { Secret } from '../../src/domain/secret.ts';
import { parseStrictJson } from '../../src/outbound/strict-json.ts';
import { chooseBalance } from '../../src/services/open-banking/enable-banking/balances.ts';
import { createKeys } from '../../src/services/open-banking/enable-banking/emulator/keys.ts';
import { faultOfToken } from '../../src/services/open-banking/enable-banking/emulator/token.ts';
import { toPaymentReport } from '../../src/services/open-banking/enable-banking/map.ts';
import { createTokenSource } from '../../src/services/open-banking/enable-banking/token.ts';
import { createWebhookSource } from '../../src/services/open-banking/enable-banking/webhooks.ts';
import { balancesSchema, paymentSchema } from '../../src/services/open-banking/enable-banking/wire.ts';
import { jsonWebTokens } from './peers.js';
import type { Acts, ProviderWire } from './wire.ts';

const fixtures = new URL('../../src/services/open-banking/enable-banking/fixtures/', import.meta.url);
const fixture = (name: string): string => readFileSync(new URL(`${name}.json`, fixtures), 'utf8');

const answers: ProviderWire['answers'] = {
  balances: {
    text: fixture('balances'),
    read(text) {
      const { balances, unread } = balancesSchema.parse(parseStrictJson(text));
      return chooseBalance(balances, { hasCredit: false, unread });
    },
  },
  payments: {
    text: fixture('payment'),
    read: (text) => toPaymentReport(paymentSchema.parse(parseStrictJson(text)), ['ACSC']),
  },
};

const hourMs = 3_600_000;
const keys = await createKeys(systemClock.now());
const { applicationId, applicationPrivateKeyPem, applicationPublicKey } = keys;
const privateKey = createPrivateKey(applicationPrivateKeyPem);
const rawBody = Buffer.from(fixture('payment'));
const x5u = 'https://enablebanking.com/key.pem';
const claims = { iss: 'enablebanking.com', aud: 'api.enablebanking.com', sub: applicationId };
const webhookToken = await new SignJWT({
  ...claims,
  msgi: `sha256-${createHash('sha256').update(rawBody).digest('base64')}`,
})
  .setProtectedHeader({ alg: 'RS256', typ: 'JWT', x5u })
  .setIssuedAt()
  .setExpirationTime('10h')
  .sign(privateKey);

/** An hour passes with each token, so that each is a new one. */
function drop(): Acts {
  const clock = new ManualClock();
  const token = createTokenSource({ clock, applicationId, privateKey: new Secret(applicationPrivateKeyPem) });
  const fresh = createTokenSource({
    clock: systemClock,
    applicationId,
    privateKey: new Secret(applicationPrivateKeyPem),
  });
  const webhooks = createWebhookSource({
    applicationId,
    clock: systemClock,
    hinted: () => undefined,
    keys: {
      trusts: () => true,
      keyAt: async () => applicationPublicKey,
      newestKeyAt: async () => undefined,
      hasVerified: () => undefined,
    },
  });
  const headers = new Headers({ authorization: `Bearer ${webhookToken}` });
  const delivery = { method: 'POST', path: '/', rawBody, headers };
  const sent = fresh();
  return {
    'signed/s': () => {
      clock.advance(hourMs);
      return token();
    },
    'verified/s': async () => {
      if (faultOfToken(await sent, keys, systemClock.now()) !== undefined) throw new RangeError('refused');
    },
    'webhooks verified/s': async () => {
      if ((await webhooks.verify(delivery)).kind !== 'accepted') throw new RangeError('refused');
    },
  };
}

/** The bytes of a token. */
function alone(): Acts {
  const bytes = Buffer.from(webhookToken.slice(0, webhookToken.lastIndexOf('.')));
  const signature = sign('sha256', bytes, privateKey);
  const verified = (): boolean => verify('sha256', bytes, applicationPublicKey, signature);
  return {
    'signed/s': () => sign('sha256', bytes, privateKey),
    'verified/s': verified,
    'webhooks verified/s': verified,
  };
}

export const wire: ProviderWire = {
  answers,
  proofs: {
    method:
      'A new token for each call (JWT, RS256, 2048 bits), as Drop signs it and the emulator ' +
      'verifies it; a webhook, as Drop verifies it over its body. What is kept for an hour is one ' +
      'token: most calls sign nothing.',
    subjects: new Map([
      ['`node:crypto` alone', alone()],
      ['Drop, and its emulator', drop()],
      [
        '`jsonwebtoken`',
        jsonWebTokens({
          privateKey: applicationPrivateKeyPem,
          publicKey: applicationPublicKey.export({ type: 'spki', format: 'pem' }).toString(),
          claims,
          jwt: webhookToken,
        }),
      ],
    ]),
  },
};
