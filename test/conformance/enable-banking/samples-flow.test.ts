import { createSign, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { callbackUrl } from '../open-banking-stack.ts';
import { EnableBankingWorld } from './world.ts';

/**
 * The steps of the provider's public samples (github.com/enablebanking/enablebanking-api-samples: account information
 * and payment initiation, in JavaScript and Python), by a client that shares no code with Drop's.
 */
let world: EnableBankingWorld;
beforeEach(async () => {
  world = await EnableBankingWorld.start();
});
afterEach(() => world.close());

type Json = Record<string, unknown>;

/** As the JavaScript sample writes it: one `=` of the padding is left. */
const encoded = (text: string | Buffer): string =>
  Buffer.from(text).toString('base64').replace('=', '').replace(/\+/g, '-').replace(/\//g, '_');

function bearer(): string {
  const { environment, clock } = world.stack;
  const iat = Math.floor(clock.now().getTime() / 1000);
  const header = { typ: 'JWT', alg: 'RS256', kid: environment['OPENBANKING_CLIENT_ID'] };
  const body = { iss: 'enablebanking.com', aud: 'api.enablebanking.com', iat, exp: iat + 3_600 };
  const signed = [header, body].map((part) => encoded(JSON.stringify(part))).join('.');
  const signature = createSign('RSA-SHA256')
    .update(signed)
    .sign(environment['OPENBANKING_CLIENT_SECRET'] ?? '');
  return `Bearer ${signed}.${encoded(signature)}`;
}

async function call(method: string, path: string, json?: Json): Promise<Json> {
  const response = await fetch(`${world.stack.origin}${path}`, {
    method,
    headers: { authorization: bearer(), 'content-type': 'application/json' },
    ...(json && { body: JSON.stringify(json) }),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as Json;
}

test('the account information sample reads a session, its balances, and every page of its transactions', async () => {
  const application = await call('GET', '/application');
  const [redirect_url = ''] = application['redirect_urls'] as string[];
  const { aspsps } = await call('GET', '/aspsps?country=NO');
  const [aspsp] = aspsps as { name: string; country: string }[];
  const valid_until = new Date(world.stack.clock.now().getTime() + 10 * 86_400_000).toISOString();
  const started = await call('POST', '/auth', {
    access: { valid_until },
    aspsp: { name: aspsp?.name, country: 'NO' },
    state: randomUUID(),
    redirect_url,
    psu_type: 'personal',
  });
  const parameters = await world.stack.visit(String(started['url']), 'approve');
  const session = await call('POST', '/sessions', { code: parameters.get('code') });
  const sessionId = String(session['session_id']);
  expect(await call('GET', `/sessions/${sessionId}`)).toMatchObject({ status: 'AUTHORIZED' });
  const [account] = session['accounts'] as { uid: string }[];
  const path = `/accounts/${account?.uid}`;
  expect(await call('GET', `${path}/balances`)).toMatchObject({ balances: expect.any(Array) });
  const from = new Date(world.stack.clock.now().getTime() - 90 * 86_400_000).toISOString().slice(0, 10);
  const query = new URLSearchParams({ date_from: from });
  const pages: unknown[] = [];
  for (let key: unknown = ''; typeof key === 'string';) {
    const page = await call('GET', `${path}/transactions?${query.toString()}`);
    pages.push(...(page['transactions'] as unknown[]));
    key = page['continuation_key'];
    if (typeof key === 'string') query.set('continuation_key', key);
  }
  expect(pages.length).toBeGreaterThan(20);
  await call('DELETE', `/sessions/${sessionId}`);
  expect(await call('GET', `/sessions/${sessionId}`)).toMatchObject({ status: 'CLOSED' });
});

test('the payment initiation sample begins a payment, has it approved, and reads it to its end', async () => {
  const { aspsps } = await call('GET', '/aspsps?country=NO&service=PIS&psu_type=personal');
  const [aspsp] = aspsps as { name: string; payments: Json[] }[];
  const capability = aspsp?.payments[0];
  const payment = await call('POST', '/payments', {
    payment_type: capability?.['payment_type'],
    payment_request: {
      debtor_account: { identification: 'NO9386011117947', scheme_name: 'IBAN' },
      credit_transfer_transaction: [
        {
          beneficiary: {
            creditor_account: { scheme_name: 'IBAN', identification: 'NO0995360573002' },
            creditor: { name: 'Test' },
          },
          instructed_amount: { amount: '2.00', currency: 'NOK' },
          reference_number: '1234567897',
        },
      ],
    },
    aspsp: { name: aspsp?.name, country: 'NO' },
    state: randomUUID(),
    redirect_url: callbackUrl,
    psu_type: 'personal',
  });
  const id = String(payment['payment_id']);
  await world.stack.visit(String(payment['url']), 'approve');
  await world.stack.pass(5_000);
  const read = await call('GET', `/payments/${id}`);
  expect(read).toMatchObject({ status: 'ACSC', final_status: true });
  expect(capability?.['final_successful_statuses']).toContain(read['status']);
  const details = read['payment_details'] as { credit_transfer_transaction: { transaction_id: string }[] };
  const transactionId = details.credit_transfer_transaction[0]?.transaction_id;
  expect(await call('GET', `/payments/${id}/transactions/${transactionId}`)).toMatchObject({
    transaction_details: { transaction_status: 'ACSC' },
  });
  await call('DELETE', `/payments/${id}`);
});
