import { createHash, createPrivateKey, createPublicKey, randomUUID, sign, verify } from 'node:crypto';
import { Hono } from 'hono';
import { systemClock } from '../../src/domain/clock.ts';
import { Secret } from '../../src/domain/secret.ts';
import type { EmulatorEnvironment } from '../../src/emulation/emulator.ts';
import { parseStrictJson } from '../../src/outbound/strict-json.ts';
import { chooseBalance } from '../../src/services/open-banking/berlin-group/balances.ts';
import { bankProfiles } from '../../src/services/open-banking/berlin-group/bank-profiles.ts';
import { authenticate } from '../../src/services/open-banking/berlin-group/emulator/authenticate.ts';
import { createSealKeys } from '../../src/services/open-banking/berlin-group/emulator/keys.ts';
import { fixture } from '../../src/services/open-banking/berlin-group/fixture.ts';
import { toPaymentReport } from '../../src/services/open-banking/berlin-group/map.ts';
import { readSeal } from '../../src/services/open-banking/berlin-group/seal.ts';
import { digestOf, signatureHeaders } from '../../src/services/open-banking/berlin-group/signature.ts';
import { balancesSchema, paymentSchema } from '../../src/services/open-banking/berlin-group/wire.ts';
import { httpSignature } from './peers.js';
import type { Acts, ProviderWire } from './wire.ts';

const examples = fixture('documented-examples') as Record<string, unknown>;
const [profile] = bankProfiles;
if (profile === undefined) throw new RangeError('there are profiles');

const order = {
  transactionStatus: 'ACSC',
  endToEndIdentification: '0f8fad5bd9cb469fa16570867728950e',
  debtorAccount: { bban: '12345678903' },
  creditorAccount: { iban: 'NO0995360573002' },
  creditorName: 'Nordlys',
  instructedAmount: { currency: 'NOK', amount: '125.50' },
};

const answers: ProviderWire['answers'] = {
  balances: {
    text: JSON.stringify(examples['balancesExample1_RegularAccount']),
    read: (text) => chooseBalance(balancesSchema.parse(parseStrictJson(text)).balances, 'EUR'),
  },
  payments: {
    text: JSON.stringify(order),
    read(text) {
      const payment = paymentSchema.parse(parseStrictJson(text));
      return toPaymentReport(payment, { reference: 'dnb:p-1', profile, fundsAvailable: undefined });
    },
  },
};

const { certificatePem: certificate, privateKeyPem, clientId } = await createSealKeys(systemClock.now());
const seal = readSeal({ certificate, privateKey: new Secret(privateKeyPem), clientId });
const body = JSON.stringify(order);
const plain = {
  accept: 'application/json',
  'content-type': 'application/json',
  'x-request-id': randomUUID(),
  date: systemClock.now().toUTCString(),
};
const list = profile.signedHeaders;
const signed = (): Record<string, string> => {
  const headers = { ...plain, digest: digestOf(body) };
  return { ...headers, ...signatureHeaders(headers, list, seal) };
};

function drop(): Acts {
  const bank = new Hono<EmulatorEnvironment>();
  bank.post('/:bank/v1', authenticate(certificate, systemClock), (c) => c.body(null, 204));
  const [url, headers] = [`http://localhost/${profile?.id}/v1`, signed()];
  return {
    'signed/s': signed,
    'verified/s': async () => {
      const { status } = await bank.request(url, { method: 'POST', headers, body });
      if (status !== 204) throw new RangeError('refused');
    },
  };
}

/** The digest of the same body, and the signature over as many bytes. */
function alone(): Acts {
  const [privateKey, publicKey] = [createPrivateKey(privateKeyPem), createPublicKey(privateKeyPem)];
  const bytes = Buffer.from(`digest: ${digestOf(body)}\nx-request-id: ${plain['x-request-id']}`);
  const digest = (): string => createHash('sha256').update(body).digest('base64');
  const signature = sign('sha256', bytes, privateKey);
  return {
    'signed/s': () => [digest(), sign('sha256', bytes, privateKey)],
    'verified/s': () => [digest(), verify('sha256', bytes, publicKey, signature)],
  };
}

export const wire: ProviderWire = {
  answers,
  proofs: {
    method:
      `Digest and Signature (RSA, 2048 bits) of a POST with the headers of ${profile.name}'s list, ` +
      'as Drop makes them and the emulator verifies them, with all else that it demands of a ' +
      'request. `http-signature` makes and checks no digest.',
    subjects: new Map([
      ['`node:crypto` alone', alone()],
      ['Drop, and its emulator', drop()],
      [
        '`http-signature`',
        httpSignature({
          privateKey: privateKeyPem,
          publicKey: createPublicKey(privateKeyPem).export({ type: 'spki', format: 'pem' }).toString(),
          keyId: seal.keyId,
          headers: { ...plain, digest: digestOf(body) },
          names: ['digest', 'x-request-id'],
        }),
      ],
    ]),
  },
};
