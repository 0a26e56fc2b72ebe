import { beforeEach, expect, test } from 'vitest';
import { startConnection } from '#usecases/banking/link-bank.ts';
import { returnFromBank } from '#usecases/banking/return-from-bank.ts';
import { testContext, type TestContext } from '../support/context.ts';
import { signedIn, testApp, type SignedIn } from '../support/http-app.ts';
import { declinedReturnOf, returnOf } from '../support/bank-return.ts';

const access = { kind: 'attended', ipAddress: '127.0.0.1', userAgent: 'test' } as const;

let context: TestContext;
let kari: SignedIn;
beforeEach(async () => {
  context = await testContext();
  kari = await signedIn(context);
});

const begin = () => startConnection(context, kari.user, { bankId: context.bankId, access, locale: 'nb' });

async function read(id: string, { headers }: Pick<SignedIn, 'headers'> = kari): Promise<unknown> {
  const answer = await testApp(context).request(`/api/bank-connections/${id}`, { headers });
  return answer.status === 200 ? answer.json() : answer.status;
}

test('the status of a consent is shown to its customer from start to end', async () => {
  const { id, next } = await begin();
  expect(await read(id)).toMatchObject({ id, bankName: 'DNB', status: 'pending', validUntil: null });
  await returnFromBank(context, kari.user, { parameters: returnOf(next), access });
  expect(await read(id)).toMatchObject({ status: 'active' });
  expect(await read(id, await signedIn(context))).toBe(404);
});

test('a failed consent is shown as well', async () => {
  const { id, next } = await begin();
  const parameters = await declinedReturnOf(context, next);
  await returnFromBank(context, kari.user, { parameters, access });
  expect(await read(id)).toMatchObject({ status: 'cancelled' });
});

test('a consent is not shown to a visitor who is not signed in, and an unknown one is not found', async () => {
  const { id } = await begin();
  expect(await read(id, { headers: { cookie: '' } })).toBe(401);
  expect(await read('00000000-0000-4000-8000-000000000000')).toBe(404);
  expect(await read('nonsense')).toBe(400);
});
