import { expect, test } from 'vitest';
import { testContext } from '../support/context.ts';
import { testApp } from '../support/http-app.ts';

test('the description of the API is made once, however often strangers ask for it', async () => {
  const app = testApp(await testContext());
  let made = 0;
  const make = app.getOpenAPI31Document.bind(app);
  app.getOpenAPI31Document = (...given) => {
    made += 1;
    return make(...given);
  };
  const read = async (path: string): Promise<string> => (await app.request(path)).text();
  for (const path of ['/api/openapi.json', '/api/docs']) {
    const first = await read(path);
    expect(first).toContain('/api/payments');
    expect(await read(path)).toBe(first);
  }
  expect(made).toBe(1);
});
