import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createChangeFeed, type ChangeFeed } from '#http/change-feed.ts';
import { testContext, type TestContext } from '../support/context.ts';
import { signedIn, testApp } from '../support/http-app.ts';

interface OpenApiDocument {
  paths: Record<string, Record<string, unknown>>;
}

const reporting = ['/api/app', '/api/health', '/api/health/live', '/api/health/ready', '/api/openapi.json'];

/** The number of rows in each table. */
async function rowsOf({ store }: TestContext): Promise<unknown> {
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public'
  `.execute(store.database);
  const counted = tables.rows.map(async ({ name }) => {
    const { rows } = await sql`select count(*)::int as count from ${sql.table(name)}`.execute(store.database);
    return [name, rows];
  });
  return Object.fromEntries(await Promise.all(counted));
}

function countingFeed(): { feed: ChangeFeed; subscriptions: () => number } {
  let count = 0;
  const feed = createChangeFeed();
  const subscribe: ChangeFeed['subscribe'] = (...given) => {
    count += 1;
    return feed.subscribe(...given);
  };
  return { feed: { ...feed, subscribe }, subscriptions: () => count };
}

test('HEAD has no effect on any route of the API, and is answered with 405', async () => {
  const context = await testContext();
  const { feed, subscriptions } = countingFeed();
  const app = testApp(context, feed);
  const { headers } = await signedIn(context);
  const document = (await (await app.request('/api/openapi.json')).json()) as OpenApiDocument;
  const gets = Object.keys(document.paths).filter((path) => 'get' in (document.paths[path] ?? {}));
  const before = await rowsOf(context);
  expect(gets.length).toBeGreaterThan(10);
  for (const path of [...gets, '/api/events'].filter((each) => !reporting.includes(each))) {
    const { status, headers: answered } = await app.request(path, { method: 'HEAD', headers });
    expect({ path, status, allow: answered.get('allow') }).toEqual({ path, status: 405, allow: 'GET' });
    expect(answered.getSetCookie()).toEqual([]);
  }
  expect(await rowsOf(context)).toEqual(before);
  expect(subscriptions()).toBe(0);
});

test.each([...reporting, '/', '/pay'])('HEAD %s is answered, for monitors', async (path) => {
  const response = await testApp(await testContext()).request(path, { method: 'HEAD' });
  expect(response.status).toBe(200);
  expect(await response.text()).toBe('');
});
