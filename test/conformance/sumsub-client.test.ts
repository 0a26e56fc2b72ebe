import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { Secret } from '#domain/secret.ts';
import { createSumsubClient, type SumsubOptions } from '#services/sumsub/client.ts';
import type { Sumsub } from '#services/sumsub/service.ts';
import { startSumsubStack, type SumsubStack } from './sumsub-stack.ts';

const externalUserId = 'b7a3a0c2-5f0e-4a57-9c58-0f8c9d1e2a3b';

let stack: SumsubStack;

beforeEach(async () => {
  stack = await startSumsubStack();
});
afterEach(() => stack.close());

function clientWith(change: Partial<SumsubOptions>, clock = stack.clock): Sumsub {
  const log = (message: string, details: Record<string, unknown>): unknown =>
    stack.logged.push({ message, details });
  const options = { ...stack.clientOptions, ...change };
  return createSumsubClient(options, { clock, outbound: stack.outbound, log });
}

async function createApplicant(): Promise<string> {
  return (await stack.client.createApplicant({ externalUserId })).applicantId;
}

function applicantsAtSumsub(): unknown[] {
  const { applicants } = stack.emulator.state() as { applicants: unknown[] };
  return applicants;
}

describe('applicants', () => {
  test('an external user id of any characters is found again', async () => {
    const request = { externalUserId: "ø|@+;=&/ '?%2F" };
    const created = await stack.client.createApplicant(request);
    expect(await stack.client.createApplicant(request)).toEqual(created);
  });

  test('a token is made for the external user id, so that no second applicant comes to be', async () => {
    await stack.client.getAccessToken(await createApplicant());
    expect(applicantsAtSumsub()).toHaveLength(1);
  });

  test('an answer that got lost after the applicant was created does no harm', async () => {
    stack.faults.add({ operation: 'create_applicant', effect: 'drop-after-commit', times: 1 });
    await expect(stack.client.createApplicant({ externalUserId })).resolves.toHaveProperty('applicantId');
    expect(applicantsAtSumsub()).toHaveLength(1);
  });

  test('a conflict that is not "already exists" stays a conflict', async () => {
    stack.faults.add({ operation: 'create_applicant', effect: 'status', status: 409, times: 1 });
    await expect(stack.client.createApplicant({ externalUserId })).rejects.toMatchObject({
      code: 'kyc_conflict',
    });
  });

  test('a level that Sumsub does not know is a conflict', async () => {
    const client = clientWith({ levelName: "another 'level' & more" });
    await expect(client.createApplicant({ externalUserId })).rejects.toMatchObject({
      code: 'kyc_conflict',
      details: { httpStatus: 404, outcome: 'refused' },
    });
  });
});

describe('the clock', () => {
  test.each([
    ['behind', '2026-02-23T14:20:00Z'],
    ['ahead', '2026-02-23T14:40:00Z'],
  ])('a clock that is ten minutes %s is corrected once', async (_word, time) => {
    const client = clientWith({}, new ManualClock(new Date(time)));
    const { applicantId } = await client.createApplicant({ externalUserId });
    await client.getApplicantStatus(applicantId);
    const statuses = stack.attempts.map(({ operation, status }) => `${operation} ${status}`);
    expect(statuses).toEqual([
      'sumsub.create_applicant 401',
      'sumsub.create_applicant 201',
      'sumsub.applicant_status 200',
    ]);
    expect(stack.logged[0]?.message).toBe('sumsub: the clocks differ; signing with the time of Sumsub');
  });

  test('a clock that is half a minute off needs no correction', async () => {
    const client = clientWith({}, new ManualClock(new Date('2026-02-23T14:29:30Z')));
    await client.createApplicant({ externalUserId });
    expect(stack.attempts).toHaveLength(1);
  });
});

describe('failures', () => {
  test('a wrong secret key is unavailable to the customer, and tells the operator the code', async () => {
    const client = clientWith({ secretKey: new Secret('demo-wrong') });
    await expect(client.createApplicant({ externalUserId })).rejects.toMatchObject({
      code: 'kyc_unavailable',
      details: {
        httpStatus: 401,
        providerCode: '4003',
        providerRequestId: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    });
    expect(stack.logged).toHaveLength(1);
  });

  test('a wrong app token is unavailable', async () => {
    const client = clientWith({ appToken: new Secret('sbx:demo-wrong') });
    await expect(client.createApplicant({ externalUserId })).rejects.toMatchObject({
      code: 'kyc_unavailable',
      details: { providerCode: '4001' },
    });
  });

  test.each([500, 502, 503, 504])('a persistent %i is unavailable', async (status) => {
    stack.faults.add({ operation: 'create_applicant', effect: 'status', status });
    await expect(stack.client.createApplicant({ externalUserId })).rejects.toMatchObject({
      code: 'kyc_unavailable',
      details: { httpStatus: status, outcome: 'unknown', provider: 'sumsub' },
    });
  });

  test('a passing 503 is not noticed', async () => {
    stack.faults.add({ operation: 'create_applicant', effect: 'status', status: 503, times: 2 });
    await expect(stack.client.createApplicant({ externalUserId })).resolves.toHaveProperty('applicantId');
  });

  test('too many requests are unavailable, and say when to ask again', async () => {
    stack.faults.add({ operation: 'access_token', effect: 'status', status: 429, retryAfterSeconds: 5 });
    await expect(stack.client.getAccessToken(await createApplicant())).rejects.toMatchObject({
      code: 'kyc_unavailable',
      details: { retryAfterMs: 5_000 },
    });
  });

  test('a connection that breaks is unavailable', async () => {
    const applicantId = await createApplicant();
    stack.faults.add({ operation: 'applicant_status', effect: 'reset' });
    await expect(stack.client.getApplicantStatus(applicantId)).rejects.toMatchObject({
      code: 'kyc_unavailable',
    });
  });

  test.each(['empty', 'malformed'] as const)('an answer that is %s is unavailable', async (effect) => {
    const applicantId = await createApplicant();
    stack.faults.add({ operation: 'applicant_status', effect });
    await expect(stack.client.getApplicantStatus(applicantId)).rejects.toMatchObject({
      code: 'kyc_unavailable',
    });
  });

  test('a Sumsub that cannot be reached was not sent anything', async () => {
    await createApplicant();
    await stack.close();
    await expect(stack.client.createApplicant({ externalUserId })).rejects.toMatchObject({
      code: 'kyc_unavailable',
    });
    stack = await startSumsubStack();
  });

  test('half of a verification is no verification', async () => {
    const applicantId = await createApplicant();
    stack.faults.add({ operation: 'required_documents', effect: 'status', status: 500 });
    await expect(stack.client.getVerificationResult(applicantId)).rejects.toMatchObject({
      code: 'kyc_unavailable',
    });
  });
});
