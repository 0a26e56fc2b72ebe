import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { Problem } from '#http/contract/problem.ts';
import { listAccounts } from '#store/bank-accounts.ts';
import { startConnection } from '#usecases/banking/link-bank.ts';
import type { Log } from '#usecases/context.ts';
import { returnFromBank } from '#usecases/banking/return-from-bank.ts';
import { testContext, type TestContext } from '../support/context.ts';
import { signedIn, testApp } from '../support/http-app.ts';
import { listenOnLoopback } from '../support/loopback.ts';
import { returnOf } from '../support/bank-return.ts';

const access = { kind: 'attended', ipAddress: '127.0.0.1', userAgent: 'test' } as const;

export interface Answer {
  status: number;
  /** The JSON of the answer; undefined when it is not JSON. */
  body: Partial<Problem> & Record<string, unknown>;
}

export interface PayingCustomer {
  context: TestContext;
  accountId: string;
  ask(method: string, path: string, body?: object, headers?: Record<string, string>): Promise<Answer>;
}

/** Drop over HTTP for the duration of the test, which writes to `log`, and a customer with an account to pay from. */
export async function payingCustomer(log?: Log): Promise<PayingCustomer> {
  const context = await testContext();
  const { user, headers } = await signedIn(context);
  const { next } = await startConnection(context, user, { bankId: context.bankId, access, locale: 'nb' });
  await returnFromBank(context, user, { parameters: returnOf(next), access });
  const [account] = await listAccounts(context.store.database, user.id, context.clock.now());
  const server = await listenOnLoopback(0);
  onTestFinished(() => server.close());
  const app = testApp(log ? { ...context, log } : context);
  server.handle((request, bindings) => app.fetch(request, bindings));
  return {
    context,
    accountId: account?.id ?? '',
    async ask(method, path, body, more = {}) {
      const response = await fetch(`${server.origin}${path}`, {
        method,
        redirect: 'manual',
        headers: {
          ...headers,
          'content-type': 'application/json',
          'idempotency-key': randomUUID(),
          ...more,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const json: unknown = text.startsWith('{') ? JSON.parse(text) : {};
      return { status: response.status, body: json as Answer['body'] };
    },
  };
}
