import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  accountKeyOf,
  attended,
  bankIdAt,
  capability,
  consent,
  consentKeyOf,
  consentRequest,
  dropError,
} from '../open-banking-subjects.ts';
import { NeonomicsWorld } from './world.ts';

let world: NeonomicsWorld;
beforeEach(async () => {
  world = await NeonomicsWorld.start();
});
afterEach(() => world.close());

const grant = async () => (await consent(world.stack, await bankIdAt(world.ais))).complete();

describe('an error 1426 at the accounts', () => {
  test('is the next step: its link leads to the page of the bank', async () => {
    const started = await world.ais.startConsent(consentRequest(await bankIdAt(world.ais)), attended);
    expect(started).toMatchObject({
      reference: expect.stringMatching(/^[\da-f-]{36}$/),
      next: { kind: 'redirect', url: expect.stringContaining('/sca/consent?id=') },
    });
  });

  test('on the way back is a consent that was not given', async () => {
    const bankId = await bankIdAt(world.ais);
    const request = consentRequest(bankId);
    const { reference } = await world.ais.startConsent(request, attended);
    const parameters = new URLSearchParams({ resource_id: reference ?? '', result: 'OK' });
    const returned = { parameters, pending: { ...request, reference } };
    await expect(world.ais.completeConsent(returned, attended)).rejects.toEqual(
      dropError('consent_failed', 'refused'),
    );
  });

  test('later says that the consent has ended, and not why', async () => {
    const granted = await grant();
    await world.stack.act('revoke_consents');
    await expect(world.ais.readBalance(accountKeyOf(granted), attended)).rejects.toEqual(
      dropError('consent_ended', 'refused'),
    );
    expect(await world.ais.readConsent(consentKeyOf(granted))).toEqual({ kind: 'ended', cause: undefined });
  });
});

test('a return with the session of another consent is refused', async () => {
  const [own, other] = [
    await consent(world.stack, await bankIdAt(world.ais)),
    await consent(world.stack, await bankIdAt(world.ais)),
  ];
  const pending = { ...own.request, reference: own.reference };
  await expect(
    world.ais.completeConsent({ parameters: other.parameters, pending }, attended),
  ).rejects.toEqual(dropError('consent_failed', 'refused'));
});

test('a consent is read as if the customer were away, whoever asks', async () => {
  const granted = await grant();
  const before = world.sends('list_accounts');
  expect(await world.ais.readConsent(consentKeyOf(granted))).toMatchObject({ kind: 'active' });
  world.stack.faults.add({ operation: 'list_accounts', effect: 'status', status: 503 });
  await expect(world.ais.readConsent(consentKeyOf(granted))).rejects.toEqual(dropError('bank_unavailable'));
  // Not repeated: each reading without the customer is one of four.
  expect(world.sends('list_accounts')).toBe(before + 2);
});

test('a refusal without a meaning ends no consent whose session lasts', async () => {
  const granted = await grant();
  world.stack.faults.add({ operation: 'get_balances', effect: 'status', status: 510, code: '1002' });
  await expect(world.ais.readBalance(accountKeyOf(granted), attended)).rejects.toEqual(
    dropError('provider_refused', 'refused'),
  );
});

describe('a consent does not end because everything is refused', () => {
  const refuseAll = (fault: { status: number; code?: string }) => {
    for (const operation of ['list_accounts', 'get_balances', 'get_session', 'list_banks'])
      world.stack.faults.add({ operation, effect: 'status', ...fault });
  };

  test.each([
    ['by a page without a code', { status: 510 }],
    ['with a code that is not known', { status: 510, code: '1002' }],
  ])('%s', async (_case, fault) => {
    const granted = await grant();
    refuseAll(fault);
    const refused = dropError('provider_refused', 'refused');
    await expect(world.ais.readConsent(consentKeyOf(granted))).rejects.toEqual(refused);
    await expect(world.ais.readBalance(accountKeyOf(granted), attended)).rejects.toEqual(refused);
    await expect(world.ais.revokeConsent(consentKeyOf(granted))).resolves.toBeUndefined();
  });
});

test('the error 1428 at the accounts says nothing of the consent', async () => {
  const granted = await grant();
  const { routes } = world.stack.emulator;
  const { fetch } = routes;
  const links = [{ rel: 'payment', href: `${world.stack.origin}/ics/v3/payments/domestic-transfer/1` }];
  routes.fetch = async (incoming, ...rest) =>
    new URL(incoming.url).pathname === '/ics/v3/accounts'
      ? Response.json({ errorCode: '1428', links }, { status: 510 })
      : fetch(incoming, ...rest);
  await expect(world.ais.readConsent(consentKeyOf(granted))).rejects.toEqual(
    dropError('provider_invalid_response'),
  );
});

test.each([
  ['4930', 530, 'bank_unavailable', 'unknown'],
  ['2000', 520, 'bank_unavailable', 'unknown'],
  ['1001', 510, 'provider_refused', 'refused'],
] as const)(
  'a reading answered by the error %s with status %i is %s',
  async (code, status, error, outcome) => {
    const granted = await grant();
    world.stack.faults.add({ operation: 'get_balances', effect: 'status', status, code });
    await expect(world.ais.readBalance(accountKeyOf(granted), attended)).rejects.toEqual(
      dropError(error, outcome),
    );
  },
);

test('the correlation id of an error is kept for the support of the provider', async () => {
  const granted = await grant();
  world.stack.faults.add({ operation: 'get_balances', effect: 'status', code: '4930', times: 1 });
  await expect(world.ais.readBalance(accountKeyOf(granted), attended)).rejects.toMatchObject({
    details: { providerCode: '4930', providerRequestId: expect.stringMatching(/^[\da-f-]{36}$/) },
  });
});

test('a bank that fails closes the way to that bank alone', async () => {
  const granted = await grant();
  world.stack.faults.add({ operation: 'get_balances', effect: 'status', code: '4930' });
  await world.ais.readBalance(accountKeyOf(granted), attended).catch(() => undefined);
  const judged = world.stack.attempts.filter(({ operation }) => operation === 'neonomics.get_balances');
  expect(judged.map(({ judgement }) => judgement?.failure)).toEqual(['scope']);
});

test('one device stands for all that a customer does, and does not tell who it is', async () => {
  const requests = [
    consentRequest(await bankIdAt(world.ais)),
    consentRequest(await bankIdAt(world.ais, 'Nordea')),
  ];
  for (const request of requests) await world.ais.startConsent(request, attended);
  const [first, second] = await Promise.all(requests.map(({ secrets }) => secrets.read()));
  expect(capability(first)['device']).toBe(second?.['device']);
  expect(capability(first)['device']).not.toContain('customer-1');
});
