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

/** Somebody who is signed in and not verified. */
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

/** Enough of them that none asks for more tokens than one may in a minute. */
async function signInAll(stack: CanaryStack): Promise<[Customer, ...Customer[]]> {
  const kari = await signIn(stack, 'kari');
  return [kari, await signIn(stack, 'ola'), await signIn(stack, 'dina'), await signIn(stack, 'atten')];
}

async function ask(address: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(address, init);
  return { status: response.status, body: await response.text() };
}

/** What Drop and Sumsub share. */
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

/** All that is wrong with this Sumsub, it says with every secret that it knows. */
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
    'clocks that differ': coded(401, 4004),
    'no permission': coded(403),
    'not found': coded(404),
    'exists already': coded(409),
    'refused for good': coded(409, 1009),
    'bad request': coded(400, 1004),
    'too many': coded(429),
    broken: coded(500),
    'an error inside of success': coded(200, 9_999),
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

/** Everything that can go wrong with a webhook, each with secrets in it. */
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
    reason: 'where the test has Sumsub send Drop, which does not go there',
  })),
  {
    sink: 'other addresses',
    canary: 'SLACK_WEBHOOK_URL',
    form: /^plain$/,
    reason: 'where Drop calls Slack',
  },
]);

/** What a customer waits for is a POST; what is read back meanwhile, for webhooks, is none. */
const isReadBack = ({ method }: Request): boolean => method === 'GET';

/** What a customer is told while Sumsub answers so. */
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
  // A success in between, so that the breaker does not keep the next failure away.
  await tokenOf(customer);
  return body;
}

/** What a webhook meets when it is read back, one after the other; then the emulator answers. */
async function failReadBack(
  stack: CanaryStack,
  { userId }: Customer,
  turns: (() => Response)[],
): Promise<void> {
  const left = [...turns];
  stack.answerFor('sumsub', (request) => (isReadBack(request) ? left.shift()?.() : undefined));
  await stack.act('sumsub', 'send_webhook', { externalUserId: userId, type: 'applicantReviewed' });
  // What is not tried again at once is handled again a moment later.
  await vi.waitFor(() => expect(left).toEqual([]), 20_000);
}

test("after every failure of Sumsub no secret of Sumsub's is written or told anywhere", async () => {
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
  // Not tried again at once; tried again; not to be read.
  const readBack = ['credentials refused', 'broken', 'no JSON'];
  const turns = failures.flatMap(([name, answer]) => (readBack.includes(name) ? [answer] : []));
  await failReadBack(stack, customer, turns);
  told.push(...(await sendBadWebhooks(stack, token)));
  for (const outcome of ['approved', 'sanctions_match'])
    await stack.act('sumsub', 'complete_review', { externalUserId: customer.userId, outcome });
  for (const path of ['/api/kyc/status', '/api/me']) told.push((await customer.visit(path)).body);

  const sinks = await stack.end();
  sinks.set('answers', told.join('\n'));
  // That the search can find at all.
  expect(sinks.get('database outbound_calls.operation')).toContain('sumsub.access_token');
  expect(sinks.get('log')).toContain('sumsub');
  expect(sinks.get('Slack')).toContain('Title');
  expect(sinks.get('traces')).toContain('sumsub.access_token');

  const tokens = secretsOf(stack.exchanges).filter(({ name }) => name === 'verification token');
  expect(exceptions.unexcused(search(sinks, [...stack.configured, ...tokens]))).toEqual([]);
  expect(exceptions.unneeded()).toEqual([]);
}, 120_000);
