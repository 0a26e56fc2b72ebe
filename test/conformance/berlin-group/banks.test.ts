import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { redirectUrlOf, type NextStep } from '#domain/banking/next-step.ts';
import { attended, consentRequest, dayMs, dropError, kroner } from '../open-banking-subjects.ts';
import { BerlinGroupWorld, type BankId } from './world.ts';

/** What is on record of single banks, between the client and the emulator that reproduces it. */
let world: BerlinGroupWorld;
beforeEach(async () => {
  world = await BerlinGroupWorld.start();
});
afterEach(() => world.close());

const banks: BankId[] = ['dnb', 'sbanken', 'sparebank1', 'handelsbanken'];
const inApp: NextStep = { kind: 'decoupled', message: 'Bekreft i appen: 4711', askAgainMs: 2_000 };
const hourMs = 3_600_000;

describe.each(banks)('%s', (bankId) => {
  test('lets an account be read that the customer shared', async () => {
    const { account, key } = await world.consent(bankId);
    expect(await world.ais.readBalance(account, attended)).toMatchObject({
      kind: 'available',
      wireType: 'interimAvailable',
      money: kroner(2_500_000),
    });
    expect(await world.ais.readConsent(key)).toMatchObject({ kind: 'active' });
  });

  test('ends a consent for Drop', async () => {
    const { key, account } = await world.consent(bankId);
    await world.ais.revokeConsent(key);
    expect(await world.ais.readConsent(key)).toEqual({ kind: 'ended', cause: 'revoked' });
    await expect(world.ais.readBalance(account, attended)).rejects.toEqual(dropError('consent_revoked'));
  });

  test.each([
    ['with a text', { remittance: { kind: 'text', text: 'Faktura 42' } }],
    ['with a KID', { remittance: { kind: 'kid', kid: '1234567897' } }],
    ['with neither', { remittance: { kind: 'none' } }],
    ['to a creditor with a long name', { creditorName: 'N'.repeat(70) }],
  ] as const)('carries out a payment %s', async (_case, order) => {
    const { key } = await world.approved(bankId, order);
    await world.stack.pass(5_000);
    expect(await world.pis.readPayment(key)).toMatchObject({
      status: 'settled',
      wireStatus: 'ACSC',
      creditorCredited: false,
      order: { kind: 'read' },
    });
  });

  test('lets a payment be called back that nobody has approved', async () => {
    const { key } = await world.pay(bankId);
    expect(await world.cancel(key)).toMatchObject({ status: 'cancelled', next: { kind: 'none' } });
    expect(await world.pis.readPayment(key)).toMatchObject({ status: 'cancelled' });
  });

  test('refuses to call a payment back that is being carried out', async () => {
    const { key } = await world.approved(bankId);
    await world.stack.pass(1_000);
    await expect(world.cancel(key)).rejects.toEqual(dropError('payment_not_cancellable', 'refused'));
    await world.stack.pass(5_000);
    expect(await world.pis.readPayment(key)).toMatchObject({ status: 'settled' });
  });
});

describe('a consent', () => {
  test('that is approved in the app is pending until then', async () => {
    const asked = consentRequest('handelsbanken');
    const { reference, next } = await world.ais.startConsent(asked, attended);
    expect(next).toEqual(inApp);
    const returned = { parameters: new URLSearchParams(), pending: { ...asked, reference } };
    expect(await world.ais.completeConsent(returned, attended)).toEqual({ kind: 'pending', next: inApp });
    world.stack.clock.advance(1_500);
    expect(await world.ais.completeConsent(returned, attended)).toMatchObject({ kind: 'granted' });
  });

  test('that is declined in the app has failed', async () => {
    const asked = consentRequest('handelsbanken');
    await world.stack.act('decide_in_app', { decision: 'decline' });
    const { reference } = await world.ais.startConsent(asked, attended);
    const returned = { parameters: new URLSearchParams(), pending: { ...asked, reference } };
    world.stack.clock.advance(1_500);
    await expect(world.ais.completeConsent(returned, attended)).rejects.toEqual(
      dropError('consent_failed', 'refused'),
    );
  });

  test('whose page the customer left without an answer is neither granted nor failed', async () => {
    const asked = consentRequest('dnb');
    const { reference } = await world.ais.startConsent(asked, attended);
    const returned = { parameters: new URLSearchParams(), pending: { ...asked, reference } };
    expect(await world.ais.completeConsent(returned, attended)).toMatchObject({
      kind: 'pending',
      next: { kind: 'decoupled', message: undefined },
    });
  });

  test('that the customer approved is granted, whichever address they come back to', async () => {
    const asked = consentRequest('dnb');
    const { reference, next } = await world.ais.startConsent(asked, attended);
    await world.stack.visit(redirectUrlOf(next), 'approve');
    const parameters = new URLSearchParams({ outcome: 'declined', state: asked.state });
    const returned = { parameters, pending: { ...asked, reference } };
    expect(await world.ais.completeConsent(returned, attended)).toMatchObject({ kind: 'granted' });
  });

  test('that the customer declined without the bank’s noticing is ended there', async () => {
    const asked = consentRequest('dnb');
    const { reference } = await world.ais.startConsent(asked, attended);
    const parameters = new URLSearchParams({ outcome: 'declined', state: asked.state });
    const returned = { parameters, pending: { ...asked, reference } };
    await expect(world.ais.completeConsent(returned, attended)).rejects.toEqual(
      dropError('consent_cancelled'),
    );
    expect(world.stack.emulator.state()).toMatchObject({ consents: [{ status: 'closed' }] });
  });

  test('ends the former one of the same customer at the same bank, and at no other', async () => {
    const first = await world.consent('dnb');
    const elsewhere = await world.consent('sparebank1');
    await world.consent('dnb');
    expect(await world.ais.readConsent(first.key)).toMatchObject({ kind: 'ended' });
    expect(await world.ais.readConsent(elsewhere.key)).toMatchObject({ kind: 'active' });
  });

  test('lasts as long as the bank lets it', async () => {
    const { key } = await world.consent('handelsbanken');
    world.stack.clock.advance(88 * dayMs);
    expect(await world.ais.readConsent(key)).toMatchObject({ kind: 'active' });
    world.stack.clock.advance(2 * dayMs);
    expect(await world.ais.readConsent(key)).toEqual({ kind: 'ended', cause: 'expired' });
  });

  test('is not begun without the number at a bank that must be told it, and is at another', async () => {
    const unnamed = (bankId: BankId) => ({ ...consentRequest(bankId), customer: { id: 'customer-1' } });
    await expect(world.ais.startConsent(unnamed('dnb'), attended)).rejects.toEqual(
      dropError('national_id_required', 'not_sent'),
    );
    expect(world.stack.attempts).toEqual([]);
    expect(await world.ais.startConsent(unnamed('sparebank1'), attended)).toMatchObject({
      next: { kind: 'redirect' },
    });
  });

  test('is not begun for a customer whose address is not known, and none is made up', async () => {
    const access = { kind: 'attended', ipAddress: undefined, userAgent: 'test' } as const;
    await expect(world.ais.startConsent(consentRequest('dnb'), access)).rejects.toEqual(
      dropError('provider_refused', 'not_sent'),
    );
    expect(world.stack.attempts).toEqual([]);
  });
});

describe('a payment', () => {
  test('that is approved in the app settles', async () => {
    const { started, key } = await world.pay('handelsbanken');
    expect(started).toMatchObject({ status: 'awaiting_authorisation', next: inApp });
    await world.stack.pass(1_500);
    await world.stack.pass(5_000);
    expect(await world.pis.readPayment(key)).toMatchObject({ status: 'settled' });
  });

  test('is quoted to the bank by the id that the bank gave it', async () => {
    const { key } = await world.pay('sparebank1');
    const quoted = world.pis.quotedReference?.(key.reference) ?? '';
    expect([...(world.stack.emulator.state?.() as { payments: { id: string }[] }).payments]).toEqual([
      expect.objectContaining({ id: quoted }),
    ]);
  });

  test('that is declined in the app is cancelled', async () => {
    await world.stack.act('decide_in_app', { decision: 'decline' });
    const { key } = await world.pay('handelsbanken');
    await world.stack.pass(1_500);
    expect(await world.pis.readPayment(key)).toMatchObject({ status: 'cancelled' });
  });

  test('that gets no answer in the app waits until the customer gives one', async () => {
    await world.stack.act('decide_in_app', { decision: 'leave' });
    const { key } = await world.pay('handelsbanken');
    await world.stack.pass(60_000);
    expect(await world.pis.readPayment(key)).toMatchObject({ status: 'awaiting_authorisation' });
    await world.stack.act('decide_in_app', { decision: 'approve' });
    expect(await world.pis.readPayment(key)).toMatchObject({ status: 'authorised' });
  });

  test('between the customer’s own accounts is exempted, and authorised at once', async () => {
    const { started } = await world.pay('dnb', { creditorAccountNumber: '86011117947' });
    expect(started).toMatchObject({ status: 'authorised', wireStatus: 'ACTC', next: { kind: 'none' } });
  });

  test('that is not approved yet is read by its approval where the bank hides it', async () => {
    const { key } = await world.pay('sparebank1');
    expect(await world.pis.readPayment(key)).toMatchObject({
      status: 'awaiting_authorisation',
      wireStatus: 'scaStatus received',
      order: { kind: 'not_promised' },
    });
  });

  test('that such a bank does not find is not called unknown before its approval', async () => {
    const { key } = await world.pay('sparebank1');
    await expect(world.pis.readPayment({ ...key, secrets: undefined })).rejects.toEqual(
      dropError('bank_unavailable', 'unknown'),
    );
  });

  test('is read although nothing was kept but its reference', async () => {
    const { key } = await world.approved('dnb');
    await world.stack.pass(5_000);
    expect(await world.pis.readPayment({ ...key, secrets: undefined })).toMatchObject({ status: 'settled' });
  });

  test('without money is no progress while the bank waits for some, and rejected afterwards', async () => {
    const { key } = await world.approved('sparebank1', { money: kroner(99_000_000) });
    await world.stack.pass(5_000);
    expect(await world.pis.readPayment(key)).toMatchObject({
      status: 'unknown',
      wireStatus: 'ACCP',
      reason: 'insufficient_funds',
    });
    await world.stack.pass(6 * hourMs);
    expect(await world.pis.readPayment(key)).toMatchObject({
      status: 'rejected',
      reason: 'insufficient_funds',
      reasonCode: 'fundsAvailable=false',
    });
  });

  test('whose approval cannot be started waits at the bank, without a step', async () => {
    world.stack.faults.add({ operation: 'start_authorisation', effect: 'status', status: 500 });
    const { started } = await world.pay('handelsbanken');
    expect(started).toMatchObject({ status: 'awaiting_authorisation', next: { kind: 'none' } });
    expect(world.stack.logged).toMatchObject([{ message: 'the approval of a payment could not be started' }]);
  });
});

describe('calling back an approved payment', () => {
  test('needs nothing more where the bank answers 204', async () => {
    const { key } = await world.approved('dnb');
    expect(await world.cancel(key)).toMatchObject({ status: 'cancelled', next: { kind: 'none' } });
    await world.stack.pass(5_000);
    expect(await world.pis.readPayment(key)).toMatchObject({ status: 'cancelled', wireStatus: 'CANC' });
  });

  test('is approved at the bank’s page where it answers 202', async () => {
    const { key, request } = await world.approved('sparebank1');
    const { next, status } = await world.cancel(key);
    expect({ status, kind: next.kind }).toEqual({ status: 'authorised', kind: 'redirect' });
    const parameters = await world.stack.visit(redirectUrlOf(next), 'approve');
    expect(Object.fromEntries(parameters)).toEqual({ state: request.state });
    expect(await world.pis.readPayment(key)).toMatchObject({ status: 'cancelled', wireStatus: 'CNCL' });
  });

  test('is approved in the app where the bank has one', async () => {
    const { key } = await world.approved('handelsbanken');
    expect((await world.cancel(key)).next).toEqual(inApp);
  });

  test('that the customer does not approve leaves the payment as it is', async () => {
    const { key } = await world.approved('sparebank1');
    const { next } = await world.cancel(key);
    await world.stack.visit(redirectUrlOf(next), 'cancel');
    expect(await world.pis.readPayment(key)).toMatchObject({ status: 'unknown', wireStatus: 'RJCR' });
    await world.stack.pass(5_000);
    expect(await world.pis.readPayment(key)).toMatchObject({ status: 'settled' });
  });
});

describe('instant transfers', () => {
  let instant: BerlinGroupWorld;
  beforeEach(async () => {
    instant = await BerlinGroupWorld.start({ BERLIN_GROUP_INSTANT: 'without_kid' });
  });
  afterEach(() => instant.close());

  test('are the product of payments without a KID', async () => {
    const { started, key } = await instant.approved('sparebank1');
    expect(started.reference).toContain('/instant-norwegian-domestic-credit-transfers-straks/');
    await instant.stack.pass(5_000);
    expect(await instant.pis.readPayment(key)).toMatchObject({ status: 'settled' });
  });

  test('are not that of payments with one', async () => {
    const { started } = await instant.pay('dnb', { remittance: { kind: 'kid', kid: '1234567897' } });
    expect(started.reference).toContain('/norwegian-domestic-credit-transfers/');
  });
});

test('the national identity number goes to the banks that ask for it, and to no other', async () => {
  const seen = await world.numbersSentTo(banks);
  expect(seen).toEqual({ dnb: true, sbanken: true, sparebank1: false, handelsbanken: true });
  const { needsIdentity, mayNeedIdentity } = world.stack.provider;
  expect({ needsIdentity, mayNeedIdentity }).toEqual({ mayNeedIdentity: ['national_identity_number'] });
});
