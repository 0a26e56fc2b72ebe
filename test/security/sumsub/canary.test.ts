import { expect, test, vi } from 'vitest';
import { Journey } from '#cli/journey.ts';
import { Exceptions } from '../canary/exceptions.ts';
import { search } from '../canary/forms.ts';
import { secretsOf } from '../canary/secrets.ts';
import { startCanaryStack, type CanaryStack } from '../canary/stack.ts';
import { deliveryOf } from './deliveries.ts';

interface Answer {
  status: number;
  body: string;
}

/** A customer who is signed in and not verified. */
interface Customer {
  userId: string;
  visit(path: string): Promise<Answer>;
}

async function signIn({ appOrigin }: CanaryStack, person: string): Promise<Customer> {
  const journey = new Journey(appOrigin, [person]);
  await journey.signIn();
  await journey.close();
  const cookie = journey.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const visit = (path: string): Promise<Answer> => ask(`${appOrigin}${path}`, { headers: { cookie } });
  const { id } = JSON.parse((await visit('/api/me')).body) as { id: string };
  return { userId: id, visit };
}

/** Enough customers that none exceeds the limit of tokens per minute. */
async function signInAll(stack: CanaryStack): Promise<[Customer, ...Customer[]]> {
  const kari = await signIn(stack, 'kari');
  return [kari, await signIn(stack, 'ola'), await signIn(stack, 'dina'), await signIn(stack, 'atten')];
}

async function ask(address: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(address, init);
  return { status: response.status, body: await response.text() };
}

/** The secrets that Drop and Sumsub share. */
interface Secrets {
  appToken: string;
  secretKey: string;
  webhookSecret: string;
}

function secretsAtSumsub({ configured }: CanaryStack): Secrets {
  const of = (variable: string): string => configured.find(({ name }) => name === variable)?.value ?? '';
  return {
    appToken: of('SUMSUB_APP_TOKEN'),
    secretKey: of('SUMSUB_SECRET_KEY'),
    webhookSecret: of('SUMSUB_WEBHOOK_SECRET'),
  };
}

/** The faults of this Sumsub, each with every secret in its answer. */
function repeating(secrets: Secrets, token: string): Record<string, () => Response> {
  const words = `${Object.values(secrets).join(' ')} ${token}`;
  const refusal = {
    description: words,
    correlationId: token,
    errorName: secrets.secretKey,
    message: words,
    token,
  };
  const coded = (status: number, errorCode?: number) => (): Response =>
    Response.json({ ...refusal, code: status, ...(errorCode && { errorCode }) }, { status });
  return {
    'credentials refused': coded(401, 4003),
    'different clocks': coded(401, 4004),
    'no permission': coded(403),
    'not found': coded(404),
    'already exists': coded(409),
    'finally rejected': coded(409, 1009),
    'bad request': coded(400, 1004),
    'too many': coded(429),
    broken: coded(500),
    'an error inside a success': coded(200, 9_999),
    'success of another user': () =>
      Response.json({ id: 'x'.repeat(24), externalUserId: secrets.appToken, token, userId: words }),
    "a gateway's page": () => new Response(`<h1>${words}</h1>`, { status: 502 }),
    'no JSON': () => new Response(words, { headers: { 'content-type': 'application/json' } }),
    elsewhere: () =>
      new Response(null, { status: 302, headers: { location: `http://localhost:1/?${words}` } }),
  };
}

async function tokenOf({ visit }: Customer): Promise<string> {
  const { status, body } = await visit('/api/kyc/initiate');
  expect(status).toBe(200);
  return (JSON.parse(body) as { token: string }).token;
}

function signed(body: string, secret: string): Record<string, string> {
  return Object.fromEntries(deliveryOf(body, { key: secret }).headers);
}

/** Every faulty webhook, each with secrets in it. */
async function sendBadWebhooks(stack: CanaryStack, token: string): Promise<string[]> {
  const secrets = secretsAtSumsub(stack);
  const { webhookSecret, secretKey } = secrets;
  const words = `${Object.values(secrets).join(' ')} ${token}`;
  const event = JSON.stringify({ type: 'applicantReviewed', applicantId: 'nobody', clientComment: 'x' });
  const send = (headers: Record<string, string>, body: string): Promise<Answer> =>
    ask(`${stack.appOrigin}/api/kyc/webhook`, { method: 'POST', headers, body });
  const answers = [
    await send({ 'x-payload-digest': webhookSecret, 'x-payload-digest-alg': words }, event),
    await send(signed(event, secretKey), event),
    await send({ ...signed(event, webhookSecret), 'x-payload-digest-alg': words }, event),
    await send(signed('no JSON', webhookSecret), 'no JSON'),
    await send({}, words),
    await send(signed(event, webhookSecret), event),
  ];
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 400, 401, 200]);
  return answers.map(({ body }) => body);
}

const addresses = ['SUMSUB_APP_TOKEN', 'SUMSUB_SECRET_KEY', 'SUMSUB_WEBHOOK_SECRET', 'verification token'];
const exceptions = new Exceptions([
  ...addresses.map((canary) => ({
    sink: 'other addresses',
    canary,
    form: /^plain$/,
    reason: 'the redirect target of the test’s Sumsub, which Drop does not follow',
  })),
  {
    sink: 'other addresses',
    canary: 'SLACK_WEBHOOK_URL',
    form: /^plain$/,
    reason: 'where Drop calls Slack',
  },
]);

/** Customers' calls are POSTs; reads for webhooks meanwhile are not. */
const isReadBack = ({ method }: Request): boolean => method === 'GET';

/** The answers to a customer while Sumsub answers with this fault. */
async function toldWhile(
  stack: CanaryStack,
  { customer, name, answer }: { customer: Customer; name: string; answer: () => Response },
): Promise<string> {
  let asked = 0;
  stack.answerFor('sumsub', (request) => {
    if (isReadBack(request)) return undefined;
    asked += 1;
    return answer();
  });
  const { status, body } = await customer.visit('/api/kyc/initiate');
  expect([name, status >= 400, asked > 0]).toEqual([name, true, true]);
  stack.answerFor('sumsub', undefined);
  // A success in between, so that the breaker does not block the next failure.
  await tokenOf(customer);
  return body;
}

/** The faults for the reads after a webhook, one after the other; after that the emulator answers. */
async function failReadBack(
  stack: CanaryStack,
  { userId }: Customer,
  turns: (() => Response)[],
): Promise<void> {
  const left = [...turns];
  stack.answerFor('sumsub', (request) => (isReadBack(request) ? left.shift()?.() : undefined));
  await stack.act('sumsub', 'send_webhook', { externalUserId: userId, type: 'applicantReviewed' });
  // A webhook that is not retried at once is handled again shortly after.
  await vi.waitFor(() => expect(left).toEqual([]), 60_000);
}

test('no failure of Sumsub discloses one of Sumsub’s secrets anywhere', async () => {
  const stack = await startCanaryStack();
  const customers = await signInAll(stack);
  const [customer] = customers;
  const token = await tokenOf(customer);
  const told: string[] = [];
  const failures = Object.entries(repeating(secretsAtSumsub(stack), token));
  for (const [at, [name, answer]] of failures.entries()) {
    const asking = customers[at % customers.length] ?? customer;
    told.push(await toldWhile(stack, { customer: asking, name, answer }));
  }
  // A failure that is not retried, one that is, and an unreadable answer.
  const readBack = ['credentials refused', 'broken', 'no JSON'];
  const turns = failures.flatMap(([name, answer]) => (readBack.includes(name) ? [answer] : []));
  await failReadBack(stack, customer, turns);
  told.push(...(await sendBadWebhooks(stack, token)));
  for (const outcome of ['approved', 'sanctions_match'])
    await stack.act('sumsub', 'complete_review', { externalUserId: customer.userId, outcome });
  for (const path of ['/api/kyc/status', '/api/me']) told.push((await customer.visit(path)).body);

  const sinks = await stack.end();
  sinks.set('answers', told.join('\n'));
  // Proves that the search works.
  expect(sinks.get('database outbound_calls.operation')).toContain('sumsub.access_token');
  expect(sinks.get('log')).toContain('sumsub');
  expect(sinks.get('Slack')).toContain('Title');
  expect(sinks.get('traces')).toContain('sumsub.access_token');

  const tokens = secretsOf(stack.exchanges).filter(({ name }) => name === 'verification token');
  expect(exceptions.unexcused(search(sinks, [...stack.configured, ...tokens]))).toEqual([]);
  expect(exceptions.unneeded()).toEqual([]);
}, 120_000);
