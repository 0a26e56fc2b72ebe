import { describe, expect, test } from 'vitest';
import { DropError } from '#domain/errors.ts';
import type { WebhookSource } from '#inbox/webhook-source.ts';
import { createApp } from '#http/app.ts';
import { reportProblem } from '#http/problem.ts';
import { testContext } from '../support/context.ts';
import { dependenciesOf, signedIn } from '../support/http-app.ts';

/** Drop, and how many errors it counts as its own, of which six in a minute raise an alert. */
async function stand(webhookSources: readonly WebhookSource[] = []) {
  const context = await testContext();
  let counted = 0;
  const onServerError = (): void => void (counted += 1);
  const app = createApp({ ...dependenciesOf(context), webhookSources, onServerError });
  return { context, app, counted: () => counted };
}

/** Begins a sign-in and comes back from BankID with a changed query. */
async function returnWith(
  { app }: Awaited<ReturnType<typeof stand>>,
  change: Record<string, string>,
): Promise<Response> {
  const started = await app.request('/api/auth/bankid');
  const cookie = started.headers.getSetCookie().map((each) => each.split(';')[0] ?? '');
  const { pathname, searchParams } = new URL(started.headers.get('location') ?? '');
  if (!('code' in change)) searchParams.delete('code');
  for (const [name, value] of Object.entries(change)) searchParams.set(name, value);
  const headers = { cookie: cookie.join('; '), accept: 'application/json' };
  return app.request(`${pathname}?${searchParams.toString()}`, { headers });
}

describe('a return from BankID that anyone can make up', () => {
  test.each([
    ['an unknown error', { error: 'x' }, 500],
    ['an error that blames the server', { error: 'server_error' }, 503],
    ['an error that blames the moment', { error: 'temporarily_unavailable' }, 503],
    ['a code that BankID did not give', { code: 'made-up' }, 500],
  ])('with %s is not counted as an error of Drop', async (_, change, status) => {
    const all = await stand();
    expect((await returnWith(all, change)).status).toBe(status);
    expect(all.counted()).toBe(0);
    expect(all.context.logged.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

test('a failure of BankID itself is counted', async () => {
  const all = await stand();
  all.context.services.bankId.completeSignIn = async () => {
    throw new DropError('sign_in_unavailable');
  };
  expect((await returnWith(all, { code: 'a code' })).status).toBe(503);
  expect(all.counted()).toBe(1);
});

describe('a webhook', () => {
  const webhook = (verify: WebhookSource['verify']): WebhookSource => ({
    provider: 'sumsub',
    verify,
    handle: async () => undefined,
  });
  const post = { method: 'POST', body: '{}' };

  test('whose sender cannot be verified now is delivered again, and not counted', async () => {
    const { app, counted } = await stand([
      webhook(() => {
        throw new DropError('provider_unavailable');
      }),
    ]);
    expect((await app.request('/api/kyc/webhook', post)).status).toBe(503);
    expect(counted()).toBe(0);
  });

  test.each([
    ['an exception', new TypeError('a bug')],
    ['a failed assertion', new DropError('internal_error')],
  ])('that Drop fails to verify by %s is counted', async (_, bug) => {
    const { app, counted } = await stand([
      webhook(() => {
        throw bug;
      }),
    ]);
    expect((await app.request('/api/kyc/webhook', post)).status).toBe(500);
    expect(counted()).toBe(1);
  });
});

test('a consent that a customer does not complete is not counted', () => {
  let counted = 0;
  const log = (): void => undefined;
  const dependencies = { context: { log }, onServerError: () => void (counted += 1) };
  const request = { requestId: '1', locale: 'nb', method: 'POST', route: '/' } as const;
  reportProblem(request, dependencies, new DropError('consent_failed'));
  expect(counted).toBe(0);
  reportProblem(request, dependencies, new DropError('bank_unavailable'));
  expect(counted).toBe(1);
});

test.each([
  ['an error', { provider: 'bank-link' }, false],
  [
    'that a bank did not answer',
    { provider: 'bank-link', bank: 'DNB', cause: new DropError('provider_timeout') },
    true,
  ],
])(
  '%s is counted with its code, its party and the customer who is signed in',
  async (_what, details, isUnanswered) => {
    const context = await testContext();
    const counted: object[] = [];
    const dependencies = {
      ...dependenciesOf(context),
      onServerError: (error: object) => counted.push(error),
    };
    const app = createApp(dependencies);
    const { user, headers } = await signedIn(context);
    context.services.openBanking.forNewConsent = () => {
      throw new DropError('bank_unavailable', details);
    };
    expect((await app.request('/api/banks', { headers })).status).toBe(503);
    const { provider, bank } = { bank: undefined, ...details };
    expect(counted).toEqual([{ code: 'bank_unavailable', provider, bank, isUnanswered, userId: user.id }]);
  },
);
