import { createDecipheriv } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Secret } from '#domain/secret.ts';
import { neonomics } from '#services/open-banking/neonomics/provider.ts';
import { readPsuKey } from '#services/open-banking/neonomics/psu-id.ts';
import {
  attended,
  bankIdAt,
  capability,
  consentRequest,
  dropError,
  paymentBankIdAt,
  paymentRequest,
} from '../open-banking-subjects.ts';
import { NeonomicsWorld } from './world.ts';

const number = '13878099999';

let world: NeonomicsWorld;
beforeEach(async () => {
  world = await NeonomicsWorld.start();
});
afterEach(() => world.close());

const names = async (replaced: Readonly<Record<string, string>>): Promise<string[]> =>
  (await capability(world.stack.createClient(replaced).ais).listBanks()).map(({ name }) => name);

describe('banks that ask for the national identity number', () => {
  test('are offered where they are named, beside the others', async () => {
    expect(await names({})).toEqual(['DNB', 'Nordea', 'Handelsbanken', 'SpareBank 1', 'Sbanken (DNB)']);
  });

  test('are not offered unless they are named', async () => {
    const environment = { ...world.stack.environment };
    const dnb = environment['NEONOMICS_PSU_BANKS']?.split(',')[0] ?? '';
    expect(await names({ NEONOMICS_PSU_BANKS: dnb })).not.toContain('Sbanken (DNB)');
  });

  test('are not known to payments either where they are not named', async () => {
    const bankId = await paymentBankIdAt(world.ais, 'Sbanken (DNB)');
    const { pis } = world.stack.createClient({ NEONOMICS_PSU_BANKS: 'RG5iLm5vLnYxRE5CQU5PS0s=' });
    const asked = paymentRequest(bankId, {}, undefined);
    await expect(capability(pis).initiatePayment(asked, attended)).rejects.toEqual(
      dropError('bank_unknown', 'not_sent'),
    );
  });

  test('begin no consent for a customer whose number is not at hand, and nothing is sent', async () => {
    const request = {
      ...consentRequest(await bankIdAt(world.ais)),
      customer: { id: 'c', name: 'Kari Prøve' },
    };
    await expect(world.ais.startConsent(request, attended)).rejects.toEqual(
      dropError('national_id_required', 'not_sent'),
    );
    expect(world.sends('create_session')).toBe(0);
  });

  test('begin no payment for a customer whose number is not at hand', async () => {
    const asked = paymentRequest(await paymentBankIdAt(world.ais), {}, undefined);
    const customer = { id: 'c', name: 'Kari Prøve' };
    await expect(world.pis.initiatePayment({ ...asked, customer }, attended)).rejects.toEqual(
      dropError('national_id_required', 'not_sent'),
    );
    expect(world.sends('create_payment')).toBe(0);
  });

  test('refuse a number that was encrypted with another key', async () => {
    const keyset = JSON.parse(world.stack.environment['NEONOMICS_PSU_KEYSET'] ?? '{}') as {
      key: { keyData: { value: string } }[];
    };
    const [first] = keyset.key;
    if (first)
      first.keyData.value = Buffer.concat([Buffer.of(0x1a, 16), Buffer.alloc(16)]).toString('base64');
    const { ais } = world.stack.createClient({ NEONOMICS_PSU_KEYSET: JSON.stringify(keyset) });
    const request = consentRequest(await bankIdAt(capability(ais)));
    await expect(capability(ais).startConsent(request, attended)).rejects.toEqual(
      dropError('provider_refused', 'refused'),
    );
  });
});

test('a bank that does not ask is not told the number', async () => {
  const request = { ...consentRequest(await bankIdAt(world.ais, 'SpareBank 1')), customer: { id: 'c' } };
  expect(await world.ais.startConsent(request, attended)).toMatchObject({ next: { kind: 'redirect' } });
});

test('the number is in no record, no log and no secret that is kept', async () => {
  const request = consentRequest(await bankIdAt(world.ais));
  await world.ais.startConsent(request, attended);
  const kept = [world.stack.attempts, world.stack.logged, await request.secrets.read()];
  expect(JSON.stringify(kept)).not.toContain(number);
  expect(JSON.stringify(kept)).not.toContain('psu-id');
});

test('the client says whether it may need the number', () => {
  expect(world.stack.provider).toMatchObject({
    needsIdentity: ['name'],
    mayNeedIdentity: ['national_identity_number'],
  });
});

describe('the configuration', () => {
  const faultsOf = (environment: Record<string, string>) =>
    neonomics.rules?.(neonomics.variables.parse(environment), { environment: 'production', isMock: false });

  test('takes a keyset of an AES-GCM key', () => {
    const { NEONOMICS_PSU_KEYSET = '', NEONOMICS_PSU_BANKS = '' } = world.stack.environment;
    expect(faultsOf({ NEONOMICS_PSU_KEYSET, NEONOMICS_PSU_BANKS })).toEqual([]);
  });

  test('refuses a keyset that is none', () => {
    expect(() => faultsOf({ NEONOMICS_PSU_KEYSET: '{"primaryKeyId":1}' })).toThrow(/keyset of Tink/);
  });

  test('refuses a bank that is called by its name', () => {
    expect(() => faultsOf({ NEONOMICS_PSU_BANKS: 'Sparebanken' })).toThrow(/ids of banks/);
  });

  test('refuses named banks without a keyset', () => {
    expect(faultsOf({ NEONOMICS_PSU_BANKS: 'RG5iLm5vLnYxRE5CQU5PS0s=' })).toMatchObject([
      { variable: 'NEONOMICS_PSU_KEYSET' },
    ]);
  });
});

test('two calls never share a nonce', async () => {
  const { createIdentify } = await import('#services/open-banking/neonomics/identification.ts');
  const { systemEntropy } = await import('#domain/entropy.ts');
  const key = capability(readPsuKey(world.stack.environment['NEONOMICS_PSU_KEYSET'] ?? ''));
  const identify = createIdentify({ key, entropy: systemEntropy });
  const customer = { id: 'c', nationalIdentityNumber: new Secret(number) };
  const bank = { id: 'b', bankDisplayName: 'B', personalIdentificationRequired: true };
  const sent = [1, 2].map(() => Buffer.from(capability(identify(customer, bank as never)), 'base64'));
  const nonces = sent.map((bytes) => bytes.subarray(5, 17).toString('hex'));
  expect(new Set(nonces).size).toBe(2);
  for (const bytes of sent) {
    const decipher = createDecipheriv('aes-128-gcm', key.key, bytes.subarray(5, 17), { authTagLength: 16 });
    decipher.setAuthTag(bytes.subarray(-16));
    expect(Buffer.concat([decipher.update(bytes.subarray(17, -16)), decipher.final()]).toString()).toBe(
      number,
    );
  }
});
