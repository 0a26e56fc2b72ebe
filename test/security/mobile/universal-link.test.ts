import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { startMockDrop } from '../bankid/mock-drop.ts';

const link = 'https://getdrop.example/app/auth/callback';
type Drop = Awaited<ReturnType<typeof startMockDrop>>;

async function begin(drop: Drop) {
  const appVerifier = randomBytes(32).toString('base64url');
  const appChallenge = createHash('sha256').update(appVerifier).digest('base64url');
  const begun = await drop.post('/api/auth/bankid/mobile', {}, { appChallenge });
  const { authorizeUrl, state } = JSON.parse(begun.body) as { authorizeUrl: string; state: string };
  return { appVerifier, authorizeUrl: new URL(authorizeUrl), state };
}

async function redeem(drop: Drop, given: object): Promise<number> {
  return (await drop.post('/api/auth/bankid/mobile/callback', {}, given)).status;
}

test('with an https BANKID_APP_LINK the ticket arrives at that link, and nothing else changes', async () => {
  const drop = await startMockDrop({ BANKID_APP_LINK: link });
  const { appVerifier, authorizeUrl, state } = await begin(drop);
  expect(authorizeUrl.pathname).toBe('/api/auth/bankid/mobile/return');
  const back = await drop.get(`${authorizeUrl.pathname}${authorizeUrl.search}`);
  expect(back.status).toBe(303);
  const opened = new URL(String(back.headers['location']));
  expect(`${opened.origin}${opened.pathname}`).toBe(link);
  const { ticket, ...rest } = Object.fromEntries(opened.searchParams);
  expect(rest).toEqual({ state });
  expect(await redeem(drop, { ticket, appVerifier })).toBe(200);
});

test('with an https BANKID_CALLBACK_URL_MOBILE BankID answers the app at that link', async () => {
  const drop = await startMockDrop({ BANKID_CALLBACK_URL_MOBILE: link });
  const { appVerifier, authorizeUrl } = await begin(drop);
  expect(`${authorizeUrl.origin}${authorizeUrl.pathname}`).toBe(link);
  const given = Object.fromEntries(authorizeUrl.searchParams);
  expect(await redeem(drop, { ...given, appVerifier })).toBe(200);
});

test('a link with parameters of its own keeps them', async () => {
  const drop = await startMockDrop({ BANKID_APP_LINK: `${link}?from=bankid` });
  const { authorizeUrl, state } = await begin(drop);
  const back = await drop.get(`${authorizeUrl.pathname}${authorizeUrl.search}`);
  const { searchParams } = new URL(String(back.headers['location']));
  expect(Object.fromEntries(searchParams)).toMatchObject({ from: 'bankid', state });
});
