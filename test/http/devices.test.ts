import { expect, test } from 'vitest';
import { testContext } from '../support/context.ts';
import { signedIn, testApp } from '../support/http-app.ts';

/** Two customers, and the request of the first to end a device. */
async function stand() {
  const context = await testContext();
  const app = testApp(context);
  const [own, other] = [await signedIn(context), await signedIn(context)];
  const statusOf = async (path: string, init: RequestInit): Promise<number> =>
    (await app.request(path, init)).status;
  return {
    own,
    other,
    end: (id: string, headers: Record<string, string>) =>
      statusOf(`/api/devices/${id}`, { method: 'DELETE', headers }),
    me: (headers: Record<string, string>) => statusOf('/api/me', { headers }),
  };
}

test('another website cannot end a device', async () => {
  const { own, end, me } = await stand();
  const headers = { ...own.headers, origin: 'https://evil.example' };
  expect(await end(own.sessionId, headers)).toBe(403);
  expect(await me(own.headers)).toBe(200);
});

test('another customer’s device is not found and is kept', async () => {
  const { own, other, end, me } = await stand();
  expect(await end(own.sessionId, other.headers)).toBe(404);
  expect(await me(own.headers)).toBe(200);
});

test('an ended device is signed out', async () => {
  const { own, end, me } = await stand();
  expect(await end(own.sessionId, own.headers)).toBe(204);
  expect(await me(own.headers)).toBe(401);
});

test('the own device is known by its id in capitals, too, and its cookie is taken away', async () => {
  const context = await testContext();
  const app = testApp(context);
  const { sessionId, headers } = await signedIn(context);
  const path = `/api/devices/${sessionId.toUpperCase()}`;
  const answer = await app.request(path, { method: 'DELETE', headers });
  expect(answer.status).toBe(204);
  expect(answer.headers.get('set-cookie')).toMatch(/^drop-session=; Max-Age=0/);
});
