import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { createChangeFeed } from '#http/change-feed.ts';
import { testContext } from '../support/context.ts';
import { signedIn, testApp } from '../support/http-app.ts';

async function connected() {
  const context = await testContext();
  const changeFeed = createChangeFeed();
  const { user, headers } = await signedIn(context);
  const response = await testApp(context, changeFeed).request('/api/events', { headers });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const read = async (): Promise<string | undefined> => (await reader?.read())?.value;
  expect(await read()).toContain('event: ready');
  return { changeFeed, user, read };
}

test('a stream says when changes may have been missed, and goes on with those that arrive', async () => {
  const { changeFeed, user, read } = await connected();
  changeFeed.missed();
  expect(await read()).toContain('event: missed');
  const id = randomUUID();
  changeFeed.publish({ userId: user.id, kind: 'payment', id });
  expect(await read()).toContain(id);
});
