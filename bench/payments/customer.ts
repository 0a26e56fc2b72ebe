import { randomUUID } from 'node:crypto';
import { Agent, request } from 'undici';
import { approve } from '../open-banking/linked-account.ts';
import type { PayingCustomer } from './customers.ts';

const dispatcher = new Agent({ connections: 64 });

/** A request of a customer's app. */
export interface AppRequest {
  path: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: object;
}

/** Asks the process at `origin` as the customer's app does; resolves with the answer's JSON, or its address. */
export async function ask(origin: string, { token }: PayingCustomer, asked: AppRequest): Promise<unknown> {
  const { path, method = 'GET', headers, body } = asked;
  const answer = await request(`${origin}${path}`, {
    dispatcher,
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'user-agent': 'Bench/1.0',
      ...(body && { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await answer.body.text();
  if (answer.statusCode >= 400) throw new Error(`${path}: ${answer.statusCode} ${text.slice(0, 300)}`);
  return answer.statusCode >= 300 ? { location: answer.headers['location'] } : JSON.parse(text);
}

const order = {
  amount: { amount: 100, currency: 'NOK' },
  creditor: { name: 'Nordlys', accountNumber: '95360573002' },
  kid: '2345676',
};

/** Orders a payment, and does not approve it. */
export async function begin(origin: string, customer: PayingCustomer) {
  const body = { ...order, accountId: customer.account.id, acceptsRepeat: true };
  const headers = { 'idempotency-key': randomUUID() };
  const begun = await ask(origin, customer, { path: '/api/payments', method: 'POST', headers, body });
  return begun as { id: string; redirectUrl: string };
}

/** Orders a payment, approves it at the bank, and returns to Drop, which the bank tells of the rest. */
export async function carry(origin: string, customer: PayingCustomer, callbackUrl: string): Promise<string> {
  const { id, redirectUrl } = await begin(origin, customer);
  const parameters = await approve(redirectUrl, callbackUrl);
  const path = `${new URL(callbackUrl).pathname}?${parameters.toString()}`;
  await ask(origin, customer, { path, headers: { accept: 'text/html' } });
  return id;
}
