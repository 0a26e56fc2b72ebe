import { expect, test } from 'vitest';
import { suppressAddress } from '#store/email-addresses.ts';
import { isSealed } from '#domain/sealer.ts';
import { removeEmailAddress, resendLink, setEmailAddress } from '#usecases/email-address/change-address.ts';
import { declineEmailAddress } from '#usecases/email-address/state.ts';
import { verifyEmailAddress } from '#usecases/email-address/verify-address.ts';
import { customer, testContext } from '../../support/context.ts';
import { dayMs, hourMs, lastToken, state, toldInApp, waitingMails } from './stand.ts';

async function stand() {
  const context = await testContext();
  const { id } = await customer(context);
  return {
    context,
    id,
    state: () => state(context, id),
    mails: () => waitingMails(context, id),
    token: () => lastToken(context, id),
    set: (address: string) => setEmailAddress(context, id, address),
    resend: () => resendLink(context, id),
    remove: () => removeEmailAddress(context, id),
    async verified(address: string) {
      await setEmailAddress(context, id, address);
      await verifyEmailAddress(context, id, await lastToken(context, id));
    },
    bounce: (address: string) =>
      suppressAddress(context.store.database, address, {
        reason: 'no such user',
        at: context.clock.now(),
      }),
  };
}

test('an address that was entered waits to be verified, and a link is sent to it', async () => {
  const { set, state, mails } = await stand();
  await set(' kari@Example.no ');
  expect(await state()).toMatchObject({
    status: 'unverified',
    address: null,
    pendingAddress: 'kari@example.no',
    shouldAsk: false,
  });
  expect(await mails()).toEqual([
    {
      code: 'address_verification',
      to: 'kari@example.no',
      path: expect.stringMatching(/^\/confirm-email#token=[\w-]{43}$/),
    },
  ]);
});

test('what is no address is refused, names the field, and changes nothing', async () => {
  const { set, state, mails } = await stand();
  await expect(set('kari@localhost')).rejects.toMatchObject({
    code: 'email_address_invalid',
    details: { fields: [{ field: 'address', message: 'email_malformed' }] },
  });
  expect(await state()).toMatchObject({ status: 'none' });
  expect(await mails()).toEqual([]);
});

test('the token is in the outbox in no form, and in the table only encrypted and as a hash', async () => {
  const { context, set, token } = await stand();
  await set('kari@example.no');
  const sent = await token();
  const { database } = context.store;
  const outbox = await database.selectFrom('outbox').selectAll().execute();
  const addresses = await database.selectFrom('email_addresses').selectAll().execute();
  expect(JSON.stringify([outbox, addresses])).not.toContain(sent);
  expect(isSealed(addresses[0]?.sealed_token ?? '')).toBe(true);
});

test('an address that was entered takes the place of one that was not verified, whose link ends', async () => {
  const { context, id, set, state, mails, token } = await stand();
  await set('kari@example.no');
  const first = await token();
  await set('kari@example.com');
  expect(await state()).toMatchObject({ status: 'unverified', pendingAddress: 'kari@example.com' });
  expect((await mails()).map(({ to }) => to)).toEqual([undefined, 'kari@example.com']);
  await expect(verifyEmailAddress(context, id, first)).rejects.toMatchObject({ code: 'email_link_unknown' });
});

test('the verified address stays in force until the new one is verified', async () => {
  const { verified, set, state } = await stand();
  await verified('kari@example.no');
  await set('kari@example.com');
  expect(await state()).toMatchObject({
    status: 'verified',
    address: 'kari@example.no',
    pendingAddress: 'kari@example.com',
  });
});

test('to enter the verified address again takes a change back', async () => {
  const { verified, set, state } = await stand();
  await verified('kari@example.no');
  await set('kari@example.com');
  await set('Kari@example.no');
  expect(await state()).toMatchObject({ address: 'kari@example.no', pendingAddress: null });
});

test('a link that is sent again is the same one, and can be used for a day from then', async () => {
  const { context, set, resend, token, state } = await stand();
  await set('kari@example.no');
  const first = await token();
  context.clock.advance(20 * hourMs);
  await resend();
  expect(await token()).toBe(first);
  expect((await state()).linkExpiresAt).toEqual(new Date(context.clock.now().getTime() + dayMs));
});

test('a link that has expired is followed by another one', async () => {
  const { context, id, set, resend, token, state } = await stand();
  await set('kari@example.no');
  const first = await token();
  context.clock.advance(dayMs);
  await resend();
  expect(await token()).not.toBe(first);
  await expect(verifyEmailAddress(context, id, first)).rejects.toMatchObject({ code: 'email_link_unknown' });
  await verifyEmailAddress(context, id, await token());
  expect(await state()).toMatchObject({ status: 'verified' });
});

test('nothing is sent again without an address to verify', async () => {
  const { verified, resend, mails } = await stand();
  await resend();
  expect(await mails()).toEqual([]);
  await verified('kari@example.no');
  await resend();
  expect((await mails()).map(({ code }) => code)).toEqual(['address_verification']);
});

test('a verified address whose mail came back is shown so, and can be verified anew', async () => {
  const { context, id, verified, bounce, resend, state, token, mails } = await stand();
  await verified('kari@example.no');
  await bounce('Kari@example.no');
  expect(await state()).toMatchObject({ status: 'verified', isSuppressed: true });
  await resend();
  expect(await state()).toMatchObject({ address: 'kari@example.no', pendingAddress: 'kari@example.no' });
  await verifyEmailAddress(context, id, await token());
  expect(await state()).toMatchObject({
    status: 'verified',
    address: 'kari@example.no',
    pendingAddress: null,
    isSuppressed: false,
  });
  expect((await mails()).map(({ code }) => code)).not.toContain('address_replaced');
});

test('to enter an address whose mail came back sends a link there', async () => {
  const { verified, bounce, set, state } = await stand();
  await verified('kari@example.no');
  await bounce('kari@example.no');
  await set('kari@example.no');
  expect(await state()).toMatchObject({ pendingAddress: 'kari@example.no', isPendingSuppressed: true });
});

test('a removed address is told so, and the customer is not asked for one again', async () => {
  const { verified, remove, state, mails } = await stand();
  await verified('kari@example.no');
  await remove();
  expect(await state()).toMatchObject({ status: 'none', address: null, shouldAsk: false });
  expect((await mails()).at(-1)).toMatchObject({
    code: 'address_removed',
    to: 'kari@example.no',
    path: undefined,
  });
});

test('an address that was not verified is removed without a word to it', async () => {
  const { context, id, set, remove, state, mails, token } = await stand();
  await set('kari@example.no');
  const link = await token();
  await remove();
  expect(await state()).toMatchObject({ status: 'none' });
  expect(await mails()).toEqual([{ code: 'address_verification', to: undefined, path: undefined }]);
  await expect(verifyEmailAddress(context, id, link)).rejects.toMatchObject({ code: 'email_link_unknown' });
});

test('a customer without an address is asked for one until they decline', async () => {
  const { context, id, state } = await stand();
  expect(await state()).toMatchObject({ status: 'none', shouldAsk: true });
  await declineEmailAddress(context, id);
  expect(await state()).toMatchObject({ status: 'none', shouldAsk: false });
});

test('the customer sees nothing of it in the app before the address is verified', async () => {
  const { context, id, set } = await stand();
  await set('kari@example.no');
  expect(await toldInApp(context, id)).toEqual([]);
});

test('mail that came back from another customer’s address is not told', async () => {
  const { context, bounce, set, state } = await stand();
  await setEmailAddress(context, (await customer(context)).id, 'kari@example.no');
  await bounce('kari@example.no');
  context.clock.advance(1);
  await set('kari@example.no');
  expect(await state()).toMatchObject({ isPendingSuppressed: false });
  await bounce('kari@example.no');
  expect(await state()).toMatchObject({ isPendingSuppressed: true });
});
