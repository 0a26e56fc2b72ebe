import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { legal, operations } from './documented.ts';
import { faultsOf, withFault } from './illegal.ts';
import { EnableBankingWorld } from './world.ts';

/** No test changes what the emulator remembers. */
let world: EnableBankingWorld;
let account: string | undefined;
const uid = async (): Promise<string> => (account ??= await world.withTransactions('DNB'));

beforeAll(async () => {
  world = await EnableBankingWorld.start();
});
afterAll(() => world.close());

const split = (operation: string): ['GET' | 'POST' | 'DELETE', string] =>
  operation.split(' ') as ['GET' | 'POST' | 'DELETE', string];
const bodies = Object.entries(operations).flatMap(([name, { request }]) =>
  request === undefined ? [] : [{ name, request }],
);

describe.each(bodies)('$name', ({ name, request }) => {
  const [method, path] = split(name);
  const full = legal(request, 'full');

  test.each(faultsOf(request).map((fault) => [fault.path.join('.'), fault.is, fault] as const))(
    'refuses a body whose %s is %s',
    async (_at, _is, fault) => {
      const { status, body } = await world.call(method, path, { json: withFault(full, fault) });
      expect({ status, error: body['error'] }).toEqual({ status: 422, error: 'WRONG_REQUEST_PARAMETERS' });
      expect(body['detail']).toContainEqual(expect.objectContaining({ loc: ['body', ...fault.path] }));
    },
  );

  test.each(['full', 'minimal'] as const)('has nothing against the form of a %s body', async (form) => {
    const { body } = await world.call(method, path, { json: legal(request, form) });
    expect(body['detail']).not.toBeInstanceOf(Array);
  });

  test.each([
    ['that is missing', undefined, {}, 'the body is missing'],
    ['that is not JSON', '{"code":', {}, 'the body is not JSON'],
    ['that is a form', 'code=1', { 'content-type': 'application/x-www-form-urlencoded' }, 'Content-Type'],
    [
      'of a type that only begins like JSON',
      '{}',
      { 'content-type': 'application/json-seq' },
      'Content-Type',
    ],
  ])('refuses a body %s', async (_what, text, headers, detail) => {
    const { status, body } = await world.call(method, path, { text, headers });
    expect({ status, ...body }).toMatchObject({
      status: 422,
      code: 422,
      error: 'WRONG_REQUEST_PARAMETERS',
      detail: expect.stringContaining(detail),
    });
  });

  test('refuses a body that is a list', async () => {
    const { status, body } = await world.call(method, path, { json: [] });
    expect([status, body['error']]).toEqual([422, 'WRONG_REQUEST_PARAMETERS']);
  });
});

const queries = Object.entries(operations).flatMap(([operation, { query = {} }]) =>
  Object.entries(query)
    // In an address, everything is a string.
    .filter(([, type]) => type !== 'string')
    .flatMap(([name, type]) =>
      faultsOf(type).map(({ value }) => ({ operation, name, value: String(value) })),
    ),
);

test.each(queries)('$operation refuses the filter $name=$value', async ({ operation, name, value }) => {
  const path = split(operation)[1].replace('{account_id}', await uid());
  const { status, body } = await world.call('GET', `${path}?${name}=${encodeURIComponent(value)}`);
  expect([status, body['error']]).toEqual([422, 'WRONG_REQUEST_PARAMETERS']);
  expect(body['detail']).toMatchObject([{ loc: ['query', name] }]);
});

test('the list of banks takes every documented filter', async () => {
  const query = 'country=NO&psu_type=personal&service=PIS&payment_type=DOMESTIC';
  const { body } = await world.call('GET', `/aspsps?${query}`);
  expect(body['aspsps']).toHaveLength(5);
});

test.each(['SEPA', 'BULK_DOMESTIC'])('no bank of the list offers %s payments', async (type) => {
  expect((await world.call('GET', `/aspsps?payment_type=${type}`)).body).toEqual({ aspsps: [] });
});

const ids = Object.entries(operations).filter(([, { path = {} }]) => Object.values(path).includes('uuid'));

test.each(ids.map(([name]) => name))('%s refuses an id that is no UUID', async (name) => {
  const [method, path] = split(name);
  const { status, body } = await world.call(method, path.replace(/\{\w+\}/, 'gone'));
  expect([status, body['error']]).toEqual([422, 'WRONG_REQUEST_PARAMETERS']);
});
