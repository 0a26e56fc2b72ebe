import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DropError } from '#domain/errors.ts';
import { redirectUrlOf } from '#domain/banking/next-step.ts';
import { createApi } from '#services/open-banking/neonomics/client.ts';
import { dropError, identityOf } from '../open-banking-subjects.ts';
import { NeonomicsWorld } from './world.ts';

let world: NeonomicsWorld;
beforeEach(async () => {
  world = await NeonomicsWorld.start();
});
afterEach(() => world.close());

describe('an error 1428', () => {
  test('is the next step: its link leads to the page of the bank', async () => {
    const { started } = await world.initiate('SpareBank 1');
    expect(started).toMatchObject({
      status: 'awaiting_authorisation',
      wireStatus: '1428',
      next: { kind: 'redirect', url: expect.stringContaining('/sca/payment?id=') },
    });
    expect(world.sends('authorise_payment')).toBe(1);
  });

  test('whose link cannot be followed leaves a payment that is known and waits', async () => {
    world.stack.faults.add({ operation: 'authorise_payment', effect: 'status', status: 500 });
    const { started, key } = await world.initiate('SpareBank 1');
    expect(started).toMatchObject({ status: 'awaiting_authorisation', next: { kind: 'none' } });
    expect(await world.pis.readPayment(key)).toMatchObject({ status: 'awaiting_authorisation' });
  });
});

describe('a bank that carries out only what is completed', () => {
  test('does nothing after the approval alone', async () => {
    const begun = await world.initiate('Handelsbanken');
    await world.stack.visit(redirectUrlOf(begun.started.next), 'approve');
    await world.stack.pass(5_000);
    expect(await world.pis.readPayment(begun.key)).toMatchObject({ status: 'awaiting_authorisation' });
  });

  test('settles once the return has completed the payment', async () => {
    const begun = await world.initiate('Handelsbanken');
    expect(await world.answer(begun, 'approve')).toMatchObject({ status: 'authorised' });
    await world.stack.pass(5_000);
    expect(await world.pis.readPayment(begun.key)).toMatchObject({ status: 'settled', wireStatus: 'ACSC' });
  });

  test('is asked how the payment stands where the completion fails', async () => {
    const begun = await world.initiate('Handelsbanken');
    world.stack.faults.add({ operation: 'complete_payment', effect: 'status', status: 530, code: '4930' });
    expect(await world.answer(begun, 'approve')).toMatchObject({
      status: 'awaiting_authorisation',
      wireStatus: 'RCVD',
    });
  });
});

test('a return that says FAILED completes nothing', async () => {
  const begun = await world.initiate('Handelsbanken');
  expect(await world.answer(begun, 'cancel')).toMatchObject({ status: 'cancelled', wireStatus: 'CANC' });
  expect(world.sends('complete_payment')).toBe(0);
});

describe('an error 1426 at a payment', () => {
  test('leads to a consent first, and after it to the approval of the same payment', async () => {
    const begun = await world.initiate('Nordea');
    expect(begun.started).toMatchObject({ status: 'awaiting_authorisation', wireStatus: '1426' });
    const second = await world.answer(begun, 'approve');
    expect(second).toMatchObject({ reference: begun.started.reference, wireStatus: '1428' });
    expect(redirectUrlOf(second.next)).toContain('/sca/payment?id=');
    expect(world.sends('complete_payment')).toBe(0);
    await world.answer({ ...begun, started: second }, 'approve');
    await world.stack.pass(5_000);
    expect(await world.pis.readPayment(begun.key)).toMatchObject({ status: 'settled', wireStatus: 'ACCC' });
  });

  test('names the state in the return, since the session says nothing of the payment', async () => {
    const { started } = await world.initiate('Nordea');
    const parameters = await world.stack.visit(redirectUrlOf(started.next), 'approve');
    expect(parameters.get('state')).toMatch(/^[\w-]{36}$/);
    expect(identityOf(world.stack.provider, parameters)).toEqual({ state: parameters.get('state') });
  });
});

test('a payment that is exempted from approval needs no step', async () => {
  await world.stack.act('exempt_next_payment');
  const { started, key } = await world.initiate('SpareBank 1');
  expect(started).toMatchObject({ status: 'authorised', wireStatus: 'ACTC', next: { kind: 'none' } });
  await world.stack.pass(5_000);
  expect(await world.pis.readPayment(key)).toMatchObject({ status: 'settled' });
});

test('a payment of which track is lost is never said to have ended', async () => {
  await world.stack.act('lose_next_payment');
  const begun = await world.initiate('SpareBank 1');
  await world.answer(begun, 'approve');
  for (const passedMs of [5_000, 3_600_000, 90 * 86_400_000]) {
    await world.stack.pass(passedMs);
    expect(await world.pis.readPayment(begun.key)).toMatchObject({
      status: 'unknown',
      wireStatus: 'NONTRACKABLE',
    });
  }
});

test('a payment without a text is read back without one', async () => {
  const { key } = await world.initiate('SpareBank 1', { remittance: { kind: 'none' } });
  const { order } = await world.pis.readPayment(key);
  expect(order).toMatchObject({ kind: 'read', order: { text: undefined, kid: undefined } });
});

test('a payment whose session is not kept any more is not known, and nobody is asked', async () => {
  const { key } = await world.initiate('SpareBank 1');
  const before = world.sends('get_payment');
  await expect(world.pis.readPayment({ ...key, secrets: undefined })).rejects.toEqual(
    dropError('payment_unknown', 'not_sent'),
  );
  expect(world.sends('get_payment')).toBe(before);
});

test('a session that cannot be had leaves the order certainly unsent', async () => {
  world.stack.faults.add({ operation: 'create_session', effect: 'reset' });
  await expect(world.initiate('SpareBank 1')).rejects.toEqual(dropError('bank_unavailable', 'not_sent'));
  expect(world.sends('create_payment')).toBe(0);
});

test.each([
  ['1002', 510, 'provider_refused', 'refused'],
  ['1023', 510, 'payment_refused_by_bank', 'refused'],
  ['2000', 520, 'payment_outcome_unknown', 'unknown'],
  ['4930', 530, 'payment_outcome_unknown', 'unknown'],
  // The code decides where the status says otherwise.
  ['4930', 510, 'payment_outcome_unknown', 'unknown'],
  ['1002', 530, 'payment_outcome_unknown', 'unknown'],
] as const)(
  'an initiation answered by the error %s with status %i is %s',
  async (code, status, error, outcome) => {
    world.stack.faults.add({ operation: 'create_payment', effect: 'status', status, code });
    await expect(world.initiate('SpareBank 1')).rejects.toEqual(dropError(error, outcome));
    expect(world.sends('create_payment')).toBe(1);
  },
);

describe('a link in an error', () => {
  const visit = { device: 'd', session: 's', bankId: undefined };

  /** Follows it, and says where to. */
  async function follow(href: string): Promise<{ sent: string[]; ended: unknown }> {
    const sent: string[] = [];
    const api = createApi({
      apiUrl: 'https://gateway.example/neonomics/',
      tokens: { token: async () => 'token', forget: () => undefined },
      readLists: (_operation, parse) => parse(),
      outbound: {
        breakerState: 'closed',
        async send({ url }) {
          sent.push(url);
          throw new DropError('provider_unavailable', { outcome: 'not_sent' });
        },
      },
    });
    const ended: unknown = await api.getConsent(href, visit, {}).catch((error: unknown) => error);
    return { sent, ended };
  }

  test('is followed at the address of the API, which gets the token, whatever host it names', async () => {
    const { sent } = await follow('https://elsewhere.example/ics/v3/consent/s?scope=accounts');
    expect(sent).toEqual(['https://gateway.example/neonomics/ics/v3/consent/s?scope=accounts']);
  });

  test('that leads to no path of the API is not followed', async () => {
    const { sent, ended } = await follow('https://elsewhere.example/consent/s');
    expect(sent).toEqual([]);
    expect(ended).toEqual(dropError('provider_invalid_response', 'unknown'));
  });
});
