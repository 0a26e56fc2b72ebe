import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AttendedAccess } from '#services/open-banking/service.ts';
import { memorySecrets } from '../../support/provider-keys.ts';
import { EnableBankingWorld } from './world.ts';

let world: EnableBankingWorld;
beforeAll(async () => {
  world = await EnableBankingWorld.start();
});
afterAll(() => world.close());

const [ipAddress, userAgent] = ['192.0.2.7', 'test'];
const access = (known: Partial<AttendedAccess>): AttendedAccess => ({
  kind: 'attended',
  ipAddress: undefined,
  userAgent: undefined,
  ...known,
});

test.each([
  ['with all that it demands', 'Nordea', { ipAddress, userAgent }, 'attended'],
  ['without the browser that it demands', 'Nordea', { ipAddress }, 'unattended'],
  ['without the address that it demands', 'DNB', { userAgent }, 'unattended'],
  ['with the address, where it demands nothing', 'Sbanken (DNB)', { ipAddress }, 'attended'],
  ['without the address, where it demands nothing', 'Sbanken (DNB)', { userAgent }, 'unattended'],
])('a reading %s counts at %s as the client says', async (_how, bankId, known, counted) => {
  const { ais } = world.stack.provider;
  const { accounts, reference } = await world.grant(bankId);
  const consent = { reference, bankId, secrets: memorySecrets() };
  const key = { reference: accounts[0]?.reference ?? '', consent };
  expect(await ais?.countsAs?.(key, access(known))).toBe(counted);
  // The bank refuses the fifth that it counts.
  const readings = await Promise.allSettled(
    Array.from({ length: 5 }, async () => ais?.readBalance(key, access(known))),
  );
  const refused = readings.filter(({ status }) => status === 'rejected');
  expect(refused).toHaveLength(counted === 'attended' ? 0 : 1);
});
