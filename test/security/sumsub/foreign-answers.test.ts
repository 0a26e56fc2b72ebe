import { inspect } from 'node:util';
import { Agent } from 'undici';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ManualClock, systemClock } from '#domain/clock.ts';
import type { OddItems } from '#domain/odd-items.ts';
import { Secret } from '#domain/secret.ts';
import { createOutbound } from '#services/guarded-call.ts';
import { createSumsubClient } from '#services/sumsub/client.ts';
import type { Sumsub } from '#services/sumsub/service.ts';
import { listenOnLoopback, type LoopbackServer } from '../../support/loopback.ts';

const externalUserId = 'b7a3a0c2-5f0e-4a57-9c58-0f8c9d1e2a3b';
const applicantId = '5c9e177b0a975a6eeccf5960';
const canaries = ['demo-app-token-canary', 'demo-secret-key-canary', 'kari.canary@example.no', '+4799999999'];

let server: LoopbackServer;
let dispatcher: Agent;
let client: Sumsub;
let logged: unknown[];
let counted: OddItems[];

/** A Sumsub that answers by path only. */
function answering(answers: Record<string, { status?: number; body: unknown }>): void {
  server.handle((request) => {
    const { status = 200, body } = answers[new URL(request.url).pathname] ?? { status: 404, body: {} };
    return Response.json(body, { status });
  });
}

beforeEach(async () => {
  server = await listenOnLoopback(0);
  dispatcher = new Agent();
  logged = [];
  counted = [];
  client = createSumsubClient(
    {
      apiUrl: server.origin,
      appToken: new Secret('demo-app-token-canary'),
      secretKey: new Secret('demo-secret-key-canary'),
      webhookSecrets: [new Secret('demo-webhook-secret')],
      webhookAlgorithms: ['HMAC_SHA256_HEX'],
      levelName: 'basic-kyc-level',
      acceptSandboxMode: false,
    },
    {
      clock: new ManualClock(),
      outbound: createOutbound({
        provider: 'sumsub',
        origins: [server.origin],
        clock: systemClock,
        dispatcher,
        random: () => 0,
      }),
      log: (...line) => logged.push(line),
      onOddItems: (odd) => counted.push(odd),
    },
  );
});
afterEach(async () => {
  await dispatcher.close();
  await server.close();
});

test('a token for another user is not returned', async () => {
  answering({
    [`/resources/applicants/${applicantId}/one`]: { body: { id: applicantId, externalUserId } },
    '/resources/accessTokens/sdk': { body: { token: '_act-other', userId: 'somebody-else' } },
  });
  await expect(client.getAccessToken(applicantId)).rejects.toMatchObject({ code: 'kyc_conflict' });
});

test('a token is not requested for another applicant', async () => {
  answering({
    [`/resources/applicants/${applicantId}/one`]: {
      body: { id: 'another-applicant', externalUserId: 'somebody-else' },
    },
    '/resources/accessTokens/sdk': { body: { token: '_act-other', userId: 'somebody-else' } },
  });
  await expect(client.getAccessToken(applicantId)).rejects.toMatchObject({ code: 'kyc_conflict' });
});

test('a Sumsub that never accepts the time is called twice and no more', async () => {
  let asked = 0;
  server.handle(() => {
    asked += 1;
    return Response.json({ code: 401, errorCode: 4004 }, { status: 401 });
  });
  await expect(client.getApplicantStatus(applicantId)).rejects.toMatchObject({
    code: 'kyc_unavailable',
    details: { providerCode: '4004' },
  });
  expect(asked).toBe(2);
});

test('an applicant of another user is not accepted as the created one', async () => {
  answering({ '/resources/applicants': { status: 201, body: { id: applicantId, externalUserId: 'other' } } });
  await expect(client.createApplicant({ externalUserId })).rejects.toMatchObject({ code: 'kyc_conflict' });
});

test.each([
  [1000, 'a duplicate document'],
  [1006, 'a check that is under way'],
  [1008, 'a deleted or inactive applicant'],
  [1009, 'a final rejection'],
  [1010, 'a document of another kind'],
])(
  '409 with code %i, %s, is a conflict and not "already exists": no applicant is looked up',
  async (errorCode) => {
    answering({
      '/resources/applicants': { status: 409, body: { code: 409, errorCode, description: 'no' } },
      [`/resources/applicants/-;externalUserId=${externalUserId}/one`]: {
        body: { id: applicantId, externalUserId },
      },
    });
    await expect(client.createApplicant({ externalUserId })).rejects.toMatchObject({
      code: 'kyc_conflict',
      details: { providerCode: `${errorCode}`, outcome: 'refused' },
    });
  },
);

test('409 without a code is "already exists", and the applicant is found by the external id', async () => {
  const description = `Applicant with external user id '${externalUserId}' already exists: somebody-elses-id`;
  answering({
    '/resources/applicants': { status: 409, body: { code: 409, description } },
    [`/resources/applicants/-;externalUserId=${externalUserId}/one`]: {
      body: { id: applicantId, externalUserId },
    },
  });
  expect(await client.createApplicant({ externalUserId })).toEqual({ applicantId });
});

test('an applicant that exists but is not found is a conflict', async () => {
  answering({ '/resources/applicants': { status: 409, body: { code: 409, description: 'already exists' } } });
  await expect(client.createApplicant({ externalUserId })).rejects.toMatchObject({
    code: 'kyc_conflict',
    details: { httpStatus: 404 },
  });
});

test('another applicant than the requested one is refused', async () => {
  answering({
    [`/resources/applicants/-/byExternalUserId/${externalUserId}`]: {
      body: { exists: true, applicant: { id: applicantId, externalUserId: 'somebody-else' } },
    },
  });
  await expect(client.findApplicant(externalUserId)).rejects.toMatchObject({ code: 'kyc_conflict' });
});

test('an answer that does not state whether an applicant exists is refused', async () => {
  answering({ [`/resources/applicants/-/byExternalUserId/${externalUserId}`]: { body: {} } });
  await expect(client.findApplicant(externalUserId)).rejects.toMatchObject({ code: 'kyc_unavailable' });
});

test('an error inside a success is a failure', async () => {
  const status = { reviewStatus: 'completed', reviewResult: { reviewAnswer: 'GREEN' }, errorCode: 9_999 };
  answering({ [`/resources/applicants/${applicantId}/status`]: { body: status } });
  await expect(client.getApplicantStatus(applicantId)).rejects.toMatchObject({ code: 'kyc_unavailable' });
});

test('labels that are not strings are skipped, logged by their field and counted', async () => {
  const reviewResult = { reviewAnswer: 'RED', rejectLabels: ['FORGERY', 4711, { label: 'canary' }] };
  answering({
    [`/resources/applicants/${applicantId}/status`]: { body: { reviewStatus: 'completed', reviewResult } },
  });
  expect(await client.getApplicantStatus(applicantId)).toMatchObject({ rejectLabels: ['FORGERY'] });
  const operation = 'sumsub.applicant_status';
  expect(counted).toEqual([{ provider: 'sumsub', operation, count: 2 }]);
  expect(logged).toEqual([
    [
      `${operation}: parts of the answer could not be read`,
      { provider: 'sumsub', operation, count: 2, fields: ['rejectLabels: the whole'] },
    ],
  ]);
});

test('an unreadable step is pending and counted', async () => {
  answering({
    [`/resources/applicants/${applicantId}/status`]: { body: { reviewStatus: 'pending' } },
    [`/resources/applicants/${applicantId}/requiredIdDocsStatus`]: {
      body: {
        IDENTITY: 'canary',
        SELFIE: { reviewResult: { reviewAnswer: 'GREEN' }, imageReviewResults: { 'canary-1': 5 } },
      },
    },
  });
  const { checks } = await client.getVerificationResult(applicantId);
  expect(checks).toContainEqual({ name: 'document', outcome: 'pending', rejectLabels: [] });
  expect(checks).toContainEqual({ name: 'liveness', outcome: 'passed', rejectLabels: [] });
  expect(counted).toEqual([{ provider: 'sumsub', operation: 'sumsub.required_documents', count: 2 }]);
  expect(inspect(logged, { depth: 20 })).not.toContain('canary');
});

test('a redirect is not followed', async () => {
  server.handle(() => Response.redirect('http://localhost:1/elsewhere', 307));
  await expect(client.getApplicantStatus(applicantId)).rejects.toMatchObject({
    code: 'kyc_unavailable',
    details: { httpStatus: 307 },
  });
});

test('an answer without an end is aborted', async () => {
  answering({ [`/resources/applicants/${applicantId}/status`]: { body: { filler: 'x'.repeat(400_000) } } });
  await expect(client.getApplicantStatus(applicantId)).rejects.toMatchObject({ code: 'kyc_unavailable' });
});

test('personal data in an answer is dropped by the parser', async () => {
  const body = { id: applicantId, externalUserId, email: canaries[2], info: { dob: '1989-07-16' } };
  answering({ '/resources/applicants': { status: 201, body } });
  expect(await client.createApplicant({ externalUserId })).toEqual({ applicantId });
});

test('an applicant id cannot lead to another path', async () => {
  const paths: string[] = [];
  server.handle((request) => {
    paths.push(new URL(request.url).pathname);
    return Response.json({}, { status: 404 });
  });
  await expect(client.getApplicantStatus('../../x?y=/z')).rejects.toMatchObject({ code: 'kyc_conflict' });
  expect(paths).toEqual(['/resources/applicants/..%2F..%2Fx%3Fy%3D%2Fz/status']);
});

test('neither log nor error contains keys, tokens or the customer’s data', async () => {
  const description = `Applicant ${canaries.join(' ')} is refused`;
  answering({ '/resources/applicants': { status: 400, body: { code: 400, errorCode: 1004, description } } });
  const [, , email = '', phone = ''] = canaries;
  const error: unknown = await client
    .createApplicant({ externalUserId, email, phone })
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'kyc_conflict' });
  const everything = inspect([error, logged], { depth: 20, showHidden: true });
  for (const canary of canaries) expect(everything).not.toContain(canary);
});

test('neither log nor error of a broken connection contains keys or the customer’s data', async () => {
  await server.close();
  const [, , email = '', phone = ''] = canaries;
  const error: unknown = await client
    .createApplicant({ externalUserId, email, phone })
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'kyc_unavailable' });
  const everything = inspect([error, logged], { depth: 20, showHidden: true });
  for (const canary of canaries) expect(everything).not.toContain(canary);
  server = await listenOnLoopback(0);
});
