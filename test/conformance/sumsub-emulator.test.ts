import { createHmac } from 'node:crypto';
import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sumsubErrors } from '#services/sumsub/emulator/errors.ts';
import { listenOnLoopback } from '../support/loopback.ts';
import { startSumsubStack, type SumsubStack } from './sumsub-stack.ts';

/** What the emulator refuses, asked over HTTP without the client. */
const externalUserId = 'b7a3a0c2-5f0e-4a57-9c58-0f8c9d1e2a3b';

let stack: SumsubStack;
let applicantId: string;

beforeEach(async () => {
  stack = await startSumsubStack();
  applicantId = (await stack.client.createApplicant({ externalUserId })).applicantId;
});
afterEach(() => stack.close());

async function send(
  path: string,
  options: { method?: 'GET' | 'POST'; headers?: Record<string, string>; body?: string } = {},
): Promise<{ status: number; json: unknown }> {
  const { method = 'GET', headers = {}, body } = options;
  const answer = await request(`${stack.origin}${path}`, { method, headers, body: body ?? null });
  return { status: answer.statusCode, json: await answer.body.json() };
}

function signed(path: string, { method = 'GET', body = '' } = {}): Record<string, string> {
  const timestamp = `${stack.clock.now().getTime() / 1000}`;
  const signature = createHmac('sha256', 'demo-secret-key')
    .update(`${timestamp}${method}${path}${body}`)
    .digest('hex');
  return {
    'x-app-token': 'sbx:demo-app-token',
    'x-app-access-ts': timestamp,
    'x-app-access-sig': signature,
    'content-type': 'application/json',
  };
}

describe('authentication', () => {
  const path = (): string => `/resources/applicants/${applicantId}/status`;

  test('a request that is rightly signed is answered', async () => {
    expect(await send(path(), { headers: signed(path()) })).toMatchObject({ status: 200 });
  });

  test('a request without a signature is refused with 4006', async () => {
    expect(await send(path())).toMatchObject({ status: 401, json: { code: 401, errorCode: 4006 } });
  });

  test('a time in milliseconds is refused with 4005', async () => {
    const headers = { ...signed(path()), 'x-app-access-ts': `${stack.clock.now().getTime()}` };
    expect(await send(path(), { headers })).toMatchObject({ status: 401, json: { errorCode: 4005 } });
  });

  test('a request that is more than a minute old is refused with 4004', async () => {
    const headers = signed(path());
    stack.clock.advance(61_000);
    expect(await send(path(), { headers })).toMatchObject({ status: 401, json: { errorCode: 4004 } });
  });

  test('a signature in capitals is refused with 4003', async () => {
    const headers = signed(path());
    headers['x-app-access-sig'] = headers['x-app-access-sig']?.toUpperCase() ?? '';
    expect(await send(path(), { headers })).toMatchObject({ status: 401, json: { errorCode: 4003 } });
  });

  test('a body that is not the one signed is refused with 4003', async () => {
    const headers = signed('/resources/applicants?levelName=basic-kyc-level', { method: 'POST', body: '{}' });
    const answer = await send('/resources/applicants?levelName=basic-kyc-level', {
      method: 'POST',
      headers,
      body: '{ }',
    });
    expect(answer).toMatchObject({ status: 401, json: { errorCode: 4003 } });
  });
});

describe('the form of a request', () => {
  const path = '/resources/applicants?levelName=basic-kyc-level';

  async function post(to: string, body: string, more: Record<string, string> = {}) {
    return send(to, { method: 'POST', body, headers: { ...signed(to, { method: 'POST', body }), ...more } });
  }

  test('an unknown level is refused with 404', async () => {
    expect(await post('/resources/applicants?levelName=other', '{}')).toMatchObject({ status: 404 });
    const body = JSON.stringify({ userId: externalUserId, levelName: 'other' });
    expect(await post('/resources/accessTokens/sdk', body)).toMatchObject({ status: 404 });
  });

  test('an applicant without a level is refused with 400', async () => {
    expect(await post('/resources/applicants', '{}')).toMatchObject({ status: 400, json: { code: 400 } });
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=a'])(
    'a body of the type %s is refused with 415',
    async (type) => {
      expect(await post(path, '{}', { 'content-type': type })).toMatchObject({
        status: 415,
        json: { code: 415, correlationId: expect.stringMatching(/^[0-9a-f]{32}$/) },
      });
    },
  );

  test('a resource that does not exist is refused in Sumsub’s form', async () => {
    expect(await send('/resources/nothing')).toMatchObject({ status: 404, json: { code: 404 } });
  });

  test('a token can be requested in the older form, with the parameters in the query', async () => {
    const older = `/resources/accessTokens?userId=${externalUserId}&levelName=basic-kyc-level&ttlInSecs=600`;
    expect(await post(older, '')).toMatchObject({ status: 200, json: { userId: externalUserId } });
    const wrong = `/resources/accessTokens?userId=${externalUserId}&levelName=basic-kyc-level&ttlInSecs=soon`;
    expect(await post(wrong, '')).toMatchObject({ status: 400 });
  });
});

describe('an injected error', () => {
  const path = '/resources/status/api';

  test.each(Object.entries(sumsubErrors.codes))(
    'with the code %s has Sumsub’s body',
    async (code, status) => {
      stack.faults.add({ operation: 'api_health', effect: 'status', code });
      expect(await send(path)).toMatchObject({
        status,
        json: {
          code: status,
          errorCode: Number(code),
          description: expect.any(String),
          correlationId: expect.stringMatching(/^[0-9a-f]{32}$/),
        },
      });
    },
  );

  test('without a code has Sumsub’s body without an error code', async () => {
    stack.faults.add({ operation: 'api_health', effect: 'status', status: 500 });
    const { status, json } = await send(path);
    expect({ status, json }).toMatchObject({ status: 500, json: { code: 500 } });
    expect(json).not.toHaveProperty('errorCode');
  });

  test('of a gateway is not JSON', async () => {
    stack.faults.add({ operation: 'api_health', effect: 'status', status: 503 });
    const answer = await request(`${stack.origin}${path}`);
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([503, 'text/html']);
    await answer.body.dump();
  });
});

test('the health of the API can be asked', async () => {
  const path = '/resources/status/api';
  expect(await send(path, { headers: signed(path) })).toMatchObject({ status: 200 });
});

test('what is beyond 50 POST and 300 GET in five seconds is refused with 429, and later is not', async () => {
  const path = `/resources/applicants/${applicantId}/reset`;
  const reset = () => send(path, { method: 'POST', headers: signed(path, { method: 'POST' }) });
  // One of the fifty created the applicant.
  for (let call = 1; call < 50; call += 1) expect(await reset()).toMatchObject({ status: 200 });
  expect(await reset()).toMatchObject({ status: 429, json: { code: 429 } });
  const read = `/resources/applicants/${applicantId}/status`;
  expect(await send(read, { headers: signed(read) })).toMatchObject({ status: 200 });
  stack.clock.advance(5_000);
  expect(await reset()).toMatchObject({ status: 200 });
});

test('webhooks that are to be late come late, with the time at which they came about', async () => {
  await stack.settled();
  const before = stack.verdicts.length;
  await stack.act('delay_webhooks', { delayMs: 60_000 });
  await stack.act('send_webhook', { externalUserId, type: 'applicantReviewed' });
  stack.clock.advance(59_999);
  await stack.settled();
  expect(stack.verdicts).toHaveLength(before);
  stack.clock.advance(1);
  await stack.settled();
  expect(stack.verdicts).toHaveLength(before + 1);
});

test('webhooks go to another address on this machine until a reset', async () => {
  await stack.settled();
  const receiver = await listenOnLoopback(0);
  const received: string[] = [];
  receiver.handle(async (incoming) => {
    received.push(await incoming.text());
    return new Response(null, { status: 204 });
  });
  await stack.act('set_webhook_url', { url: `${receiver.origin}/mine` });
  await stack.act('send_webhook', { externalUserId, type: 'applicantReviewed' });
  await stack.settled();
  expect(received).toEqual([expect.stringContaining('"type":"applicantReviewed"')]);
  stack.emulator.reset();
  await stack.client.createApplicant({ externalUserId: 'after-the-reset' });
  await stack.settled();
  expect(received).toHaveLength(1);
  await receiver.close();
});

test.each(['https://getdrop.example/webhook', 'http://192.168.0.1/', 'not an address'])(
  'webhooks to %s are refused',
  async (url) => {
    await expect(stack.act('set_webhook_url', { url })).rejects.toMatchObject({ code: 'invalid_request' });
  },
);

test('that an applicant does not exist is an answer and no refusal', async () => {
  const path = '/resources/applicants/-/byExternalUserId/nobody';
  expect(await send(path, { headers: signed(path) })).toEqual({ status: 200, json: { exists: false } });
});

describe('applicants', () => {
  test('one who exists is refused with 409, and named', async () => {
    const path = '/resources/applicants?levelName=basic-kyc-level';
    const body = JSON.stringify({ externalUserId });
    const headers = signed(path, { method: 'POST', body });
    const answer = await send(path, { method: 'POST', headers, body });
    const description = `Applicant with external user id '${externalUserId}' already exists: ${applicantId}`;
    expect(answer).toMatchObject({ status: 409, json: { code: 409, description } });
  });

  test('the wrong id in place of the external one makes another applicant, and says nothing', async () => {
    const path = '/resources/accessTokens/sdk';
    const body = JSON.stringify({ userId: applicantId, levelName: 'basic-kyc-level', ttlInSecs: 600 });
    const headers = signed(path, { method: 'POST', body });
    expect(await send(path, { method: 'POST', headers, body })).toMatchObject({
      status: 200,
      json: { userId: applicantId },
    });
    expect(stack.emulator.state()).toMatchObject({
      applicants: [{ externalUserId }, { externalUserId: applicantId }],
    });
  });

  test('a simulated review counts, and its webhook follows', async () => {
    const path = `/resources/applicants/${applicantId}/status/testCompleted`;
    const body = JSON.stringify({
      reviewAnswer: 'RED',
      rejectLabels: ['UNSATISFACTORY_PHOTOS', 'SCREENSHOTS'],
      reviewRejectType: 'RETRY',
      clientComment: 'Screenshots are not accepted.',
      moderationComment: 'Please upload an original photo.',
    });
    const headers = signed(path, { method: 'POST', body });
    expect(await send(path, { method: 'POST', headers, body })).toEqual({ status: 200, json: { ok: 1 } });
    await stack.settled();
    expect(stack.verdicts.at(-1)).toMatchObject({ eventType: 'applicantReviewed' });
    expect(await stack.client.getApplicantStatus(applicantId)).toMatchObject({
      reviewStatus: 'completed',
      reviewRejectType: 'RETRY',
      rejectLabels: ['UNSATISFACTORY_PHOTOS', 'SCREENSHOTS'],
    });
  });

  test('a reset leaves the old answer in a review that has begun again', async () => {
    await stack.act('complete_review', { externalUserId, outcome: 'refused_for_good' });
    const path = `/resources/applicants/${applicantId}/reset`;
    await send(path, { method: 'POST', headers: signed(path, { method: 'POST' }) });
    expect(await stack.client.getApplicantStatus(applicantId)).toMatchObject({
      reviewStatus: 'init',
      reviewAnswer: 'RED',
    });
  });
});

describe('documents', () => {
  const idCard = { idDocType: 'ID_CARD', country: 'NOR', idDocSubType: 'FRONT_SIDE' };

  /** Multipart as Sumsub wants it, signed over its very bytes. */
  async function upload(metadata: object, { content = 'a picture', tamper = false } = {}) {
    const path = `/resources/applicants/${applicantId}/info/idDoc`;
    const parts = [
      'Content-Disposition: form-data; name="metadata"',
      '',
      JSON.stringify(metadata),
      '--edge',
      'Content-Disposition: form-data; name="content"; filename="front.jpg"',
      'Content-Type: image/jpeg',
      '',
      content,
    ];
    const body = ['--edge', ...parts, '--edge--', ''].join('\r\n');
    const headers = signed(path, { method: 'POST', body });
    headers['content-type'] = 'multipart/form-data; boundary=edge';
    return send(path, { method: 'POST', headers, body: tamper ? body.replace('NOR', 'SWE') : body });
  }

  async function requestCheck() {
    const path = `/resources/applicants/${applicantId}/status/pending`;
    return send(path, { method: 'POST', headers: signed(path, { method: 'POST' }) });
  }

  async function outcomes() {
    const { checks } = await stack.client.getVerificationResult(applicantId);
    return checks.map(({ name, outcome }) => `${name} ${outcome}`);
  }

  test('are handed in, checked and judged, as by an integration without the WebSDK', async () => {
    expect(await upload(idCard)).toEqual({ status: 200, json: idCard });
    await upload({ idDocType: 'SELFIE', country: 'NOR' });
    expect(await outcomes()).toContain('document pending');
    expect(await requestCheck()).toEqual({ status: 200, json: { ok: 1 } });
    expect(await stack.client.getApplicantStatus(applicantId)).toMatchObject({ reviewStatus: 'pending' });
    await stack.act('complete_review', { externalUserId, outcome: 'face_mismatch' });
    expect(await outcomes()).toEqual(expect.arrayContaining(['document passed', 'face_match failed']));
  });

  test('each have an id, and a step has those of its own', async () => {
    await upload(idCard);
    await upload({ ...idCard, idDocSubType: 'BACK_SIDE' });
    const path = `/resources/applicants/${applicantId}/requiredIdDocsStatus`;
    const { json } = await send(path, { headers: signed(path) });
    expect(json).toMatchObject({
      IDENTITY: { imageIds: [expect.any(Number), expect.any(Number)] },
      SELFIE: null,
    });
  });

  test.each([
    ['of a type that the level does not ask for', { ...idCard, idDocType: 'BANK_STATEMENT' }, 409, 1010],
    ['whose country is no country', { ...idCard, country: 'Norge' }, 400, undefined],
  ])('%s are refused', async (_what, metadata, status, errorCode) => {
    expect(await upload(metadata)).toMatchObject({ status, json: { ...(errorCode && { errorCode }) } });
  });

  test('without content are refused', async () => {
    expect(await upload(idCard, { content: '' })).toMatchObject({ status: 400, json: { errorCode: 1003 } });
  });

  test('under a signature of other bytes are refused', async () => {
    expect(await upload(idCard, { tamper: true })).toMatchObject({ status: 401, json: { errorCode: 4003 } });
  });

  test('are refused while a check is under way, and another check too', async () => {
    await requestCheck();
    expect(await upload(idCard)).toMatchObject({ status: 409, json: { errorCode: 1006 } });
    expect(await requestCheck()).toMatchObject({ status: 409, json: { errorCode: 3000 } });
  });

  test('are refused after a final rejection', async () => {
    await stack.act('complete_review', { externalUserId, outcome: 'refused_for_good' });
    expect(await upload(idCard)).toMatchObject({ status: 409, json: { errorCode: 1009 } });
  });
});

describe('what the WebSDK asks', () => {
  async function bearer(): Promise<Record<string, string>> {
    const { token } = await stack.client.getAccessToken(applicantId);
    return { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  }

  async function submit(headers: Record<string, string>, outcome = 'approved') {
    return send('/websdk/api/submission', { method: 'POST', headers, body: JSON.stringify({ outcome }) });
  }

  test('nothing is answered without a token', async () => {
    expect(await send('/websdk/api/session')).toMatchObject({ status: 401 });
  });

  test('a token is spent after half an hour', async () => {
    const headers = await bearer();
    stack.clock.advance(1_799_999);
    expect(await send('/websdk/api/session', { headers })).toMatchObject({ status: 200 });
    stack.clock.advance(1);
    expect(await send('/websdk/api/session', { headers })).toMatchObject({ status: 401 });
  });

  test('a second submission is refused while the first is reviewed', async () => {
    const headers = await bearer();
    expect(await submit(headers)).toMatchObject({ status: 200, json: { reviewStatus: 'pending' } });
    expect(await submit(headers)).toMatchObject({ status: 409 });
  });

  test('a submission after a final rejection is refused', async () => {
    await stack.act('complete_review', { externalUserId, outcome: 'refused_for_good' });
    expect(await submit(await bearer())).toMatchObject({ status: 409 });
  });

  test('a submission after a rejection without a type is taken', async () => {
    await stack.act('complete_review', { externalUserId, outcome: 'document_refused' });
    expect(await submit(await bearer())).toMatchObject({ status: 200 });
  });

  test('the question for the next change is answered when it comes', async () => {
    const headers = await bearer();
    const waiting = send('/websdk/api/session?after=1', { headers });
    await submit(headers);
    expect(await waiting).toMatchObject({ status: 200, json: { reviewStatus: 'pending' } });
  });
});
