import { createSumsubClient } from '#services/sumsub/client.ts';
import type { Sumsub } from '#services/sumsub/service.ts';
import { Secret } from '#domain/secret.ts';
import { kycEndings } from './endings.ts';
import { json, type Drive, type Operation } from './operation.ts';

const applicant = { id: 'a-1', externalUserId: 'u-1' };
const status = { levelName: 'basic-kyc-level', reviewStatus: 'pending' };
const errorInside = { code: 500, description: 'canary', correlationId: 'c-1', errorCode: 9_999 };

const read = { 'sumsub.read_applicant': { status: 200, body: JSON.stringify(applicant) } };
const statusRead = { 'sumsub.applicant_status': { status: 200, body: JSON.stringify(status) } };
const documentsRead = { 'sumsub.required_documents': { status: 200, body: '{}' } };
const exists = { 'sumsub.create_applicant': { status: 409, body: '{"code":409,"description":"exists"}' } };
const found = { 'sumsub.find_applicant': { status: 200, body: JSON.stringify(applicant) } };

function client({ outbound, origin, clock }: Drive): Sumsub {
  const secret = new Secret('demo-secret');
  return createSumsubClient(
    {
      apiUrl: origin,
      appToken: secret,
      secretKey: secret,
      webhookSecrets: [secret],
      webhookAlgorithms: ['HMAC_SHA256_HEX'],
      levelName: 'basic-kyc-level',
      acceptSandboxMode: true,
    },
    { clock, outbound, log: () => undefined },
  );
}

const create = async (drive: Drive): Promise<string> =>
  `applicant ${(await client(drive).createApplicant({ externalUserId: 'u-1' })).applicantId}`;

const token = async (drive: Drive): Promise<string> =>
  `token ${(await client(drive).getAccessToken('a-1')).token}`;

/** Every call to Sumsub may be seen twice: applicants are found by our own id. */
const call = { provider: 'sumsub', repeatable: true, endings: kycEndings };

export const sumsubOperations: Operation[] = [
  {
    ...call,
    name: 'sumsub.create_applicant',
    before: found,
    but: { 'status 409': 'applicant a-1' },
    payload: () => json(applicant, { errorInside }),
    drive: create,
  },
  {
    ...call,
    name: 'sumsub.find_applicant',
    before: exists,
    payload: () => json(applicant, { errorInside }),
    drive: create,
  },
  {
    ...call,
    name: 'sumsub.applicant_exists',
    payload: () => json({ exists: true, applicant }, { errorInside }),
    drive: async (drive) => `applicant ${(await client(drive).findApplicant('u-1'))?.applicantId ?? 'none'}`,
  },
  {
    ...call,
    name: 'sumsub.read_applicant',
    before: { 'sumsub.access_token': { status: 200, body: '{"token":"t","userId":"u-1"}' } },
    payload: () => json(applicant, { errorInside }),
    drive: token,
  },
  {
    ...call,
    name: 'sumsub.access_token',
    before: read,
    payload: () => json({ token: 't', userId: 'u-1' }, { errorInside }),
    drive: token,
  },
  {
    ...call,
    name: 'sumsub.applicant_status',
    absorbs: 'review unknown',
    payload: () => json(status, { errorInside, unknownWord: { ...status, reviewStatus: 'QQ' } }),
    drive: async (drive) => `review ${(await client(drive).getApplicantStatus('a-1')).reviewStatus}`,
  },
  {
    ...call,
    name: 'sumsub.deactivate_applicant',
    payload: () => json({ ...applicant, deleted: true }, { errorInside }),
    async drive(drive) {
      await client(drive).deactivateApplicant('a-1');
      return 'deactivated';
    },
  },
  {
    ...call,
    name: 'sumsub.required_documents',
    before: { ...statusRead, ...documentsRead },
    absorbs: 'no check passed',
    but: { 'JSON of another form': 'no check passed' },
    payload() {
      const step = (reviewAnswer: string): object => ({ IDENTITY: { reviewResult: { reviewAnswer } } });
      return json(step('GREEN'), { errorInside, unknownWord: step('QQ') });
    },
    async drive(drive) {
      const { checks } = await client(drive).getVerificationResult('a-1');
      return checks.some(({ outcome }) => outcome === 'passed') ? 'a check passed' : 'no check passed';
    },
  },
];
