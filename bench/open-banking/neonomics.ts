import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Secret } from '../../src/domain/secret.ts';
import { parseStrictJson } from '../../src/outbound/strict-json.ts';
import { chooseBalance } from '../../src/services/open-banking/neonomics/balances.ts';
import { createKeys } from '../../src/services/open-banking/neonomics/emulator/keys.ts';
import { toPaymentReport } from '../../src/services/open-banking/neonomics/map.ts';
import { encryptPsuId, readPsuKey } from '../../src/services/open-banking/neonomics/psu-id.ts';
import { balancesSchema, paymentSchema } from '../../src/services/open-banking/neonomics/wire.ts';
import type { Acts, ProviderWire } from './wire.ts';

const fixtures = new URL('../../src/services/open-banking/neonomics/fixtures/', import.meta.url);
const fixture = (name: string): string => readFileSync(new URL(`${name}.json`, fixtures), 'utf8');

const answers: ProviderWire['answers'] = {
  balances: {
    text: fixture('balances'),
    read: (text) => chooseBalance(balancesSchema.parse(parseStrictJson(text))),
  },
  payments: {
    text: fixture('payment'),
    read: (text) => toPaymentReport(paymentSchema.parse(parseStrictJson(text))),
  },
};

/** Synthetic. */
const number = '13878099999';
const nonceBytes = 12;
const endsAt = new Date('2030-01-01T00:00:00Z');
const now = new Date('2029-12-31T23:59:59Z');

function drop(): Acts {
  const keys = createKeys();
  const key = readPsuKey(keys.keyset);
  if (key === undefined) throw new RangeError('the keyset of the emulator can be read');
  const secret = new Secret(number);
  const encrypted = encryptPsuId(secret, key, randomBytes(nonceBytes));
  const token = keys.newToken(endsAt);
  return {
    'numbers encrypted/s': () => encryptPsuId(secret, key, randomBytes(nonceBytes)),
    'numbers decrypted/s': () => {
      if (keys.decryptPsuId(encrypted) !== number) throw new RangeError('refused');
    },
    'tokens made/s': () => keys.newToken(endsAt),
    'tokens verified/s': () => {
      if (!keys.isToken(token, now)) throw new RangeError('refused');
    },
  };
}

function alone(): Acts {
  const key = randomBytes(16);
  const encrypt = () => {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-128-gcm', key, nonce);
    return { nonce, bytes: Buffer.concat([cipher.update(number), cipher.final()]), tag: cipher.getAuthTag() };
  };
  const { nonce, bytes, tag } = encrypt();
  const digest = (): Buffer => createHmac('sha256', key).update(endsAt.toISOString()).digest();
  return {
    'numbers encrypted/s': encrypt,
    'numbers decrypted/s': () => {
      const decipher = createDecipheriv('aes-128-gcm', key, nonce);
      decipher.setAuthTag(tag);
      return Buffer.concat([decipher.update(bytes), decipher.final()]).toString();
    },
    'tokens made/s': digest,
    'tokens verified/s': digest,
  };
}

export const wire: ProviderWire = {
  answers,
  proofs: {
    method:
      "The customer's number in Tink's form of AES-GCM, as Drop encrypts it and the emulator " +
      'decrypts it; the token, as the emulator makes and verifies it by HMAC. Drop signs nothing: ' +
      'it fetches one token an hour.',
    subjects: new Map([
      ['`node:crypto` alone', alone()],
      ['Drop, and its emulator', drop()],
    ]),
  },
};
