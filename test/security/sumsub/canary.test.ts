import { createHmac } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { dumpOf } from '../canary/dump.ts';
import { search, type Canary } from '../canary/forms.ts';
import { secrets, startCanaryStack, type CanaryStack } from './canary-stack.ts';

const said = Object.values(secrets).join(' ');

/** All that is wrong with this Sumsub, it says with every secret that it knows. */
function repeating(token: string): Record<string, () => Response> {
  const words = `${said} ${token}`;
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

async function tokenOf(stack: CanaryStack): Promise<string> {
  const { status, body } = await stack.visit('/api/kyc/initiate');
  expect(status).toBe(200);
  return (JSON.parse(body) as { token: string }).token;
}

function signed(body: string, secret = secrets.webhookSecret): Record<string, string> {
  const digest = createHmac('sha256', secret).update(body).digest('hex');
  return { 'x-payload-digest': digest, 'x-payload-digest-alg': 'HMAC_SHA256_HEX' };
}

/** Everything that can go wrong with a webhook, each with secrets in it. */
async function sendBadWebhooks(stack: CanaryStack, words: string): Promise<string[]> {
  const event = JSON.stringify({ type: 'applicantReviewed', applicantId: 'nobody', clientComment: 'x' });
  const answers = [
    await stack.webhook({ 'x-payload-digest': secrets.webhookSecret, 'x-payload-digest-alg': said }, event),
    await stack.webhook(signed(event, secrets.secretKey), event),
    await stack.webhook({ ...signed(event), 'x-payload-digest-alg': words }, event),
    await stack.webhook(signed('no JSON'), 'no JSON'),
    await stack.webhook({}, words),
    await stack.webhook(signed(event), event),
  ];
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 400, 401, 200]);
  return answers.map(({ body }) => body);
}

test("after every failure of Sumsub no secret of Sumsub's is written or told anywhere", async () => {
  const stack = await startCanaryStack();
  const token = await tokenOf(stack);
  const tokens = [token];
  const told: string[] = [];
  for (const [name, answer] of Object.entries(repeating(token))) {
    let asked = 0;
    stack.answerWith(() => {
      asked += 1;
      return answer();
    });
    const { status, body } = await stack.visit('/api/kyc/initiate');
    expect([name, status >= 400, asked > 0]).toEqual([name, true, true]);
    told.push(body);
    await stack.act('send_webhook', { externalUserId: stack.userId, type: 'applicantReviewed' });
    // A success in between, so that the breaker does not keep the next failure away.
    stack.answerWith(undefined);
    tokens.push(await tokenOf(stack));
  }
  told.push(...(await sendBadWebhooks(stack, `${said} ${token}`)));
  for (const outcome of ['approved', 'sanctions_match'])
    await stack.act('complete_review', { externalUserId: stack.userId, outcome });
  told.push((await stack.visit('/api/kyc/status')).body, (await stack.visit('/api/me')).body);

  // What is kept of calls is written a moment later.
  await vi.waitFor(async () => {
    const dump = await dumpOf(stack.store);
    expect(dump.get('database outbound_calls.operation')).toContain('sumsub.access_token');
  });
  const sinks = await dumpOf(stack.store);
  sinks.set('alerts', stack.alerts()).set('metrics', await stack.metrics());
  sinks.set('answers', told.join('\n')).set('log', await stack.close());
  // That the search can find at all.
  expect(sinks.get('log')).toContain('sumsub');
  expect(sinks.get('alerts')).toContain('Title');

  const canaries: Canary[] = [
    ...Object.entries(secrets).map(([name, value]) => ({ name, value })),
    ...tokens.map((value) => ({ name: 'access token', value })),
  ];
  expect(search(sinks, canaries)).toEqual([]);
}, 120_000);
