import type { z } from 'zod';
import type { Clock } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';
import type { OddItems } from '#domain/odd-items.ts';
import type { Secret } from '#domain/secret.ts';
import type { Outbound, RawResponse } from '#outbound/outbound.ts';
import { createListReader } from '#services/listed-items.ts';
import { readRefusal, refusalError, unavailableError } from './errors.ts';
import { toApplicantStatus, toChecks } from './map.ts';
import type { ApplicantStatus, Sumsub } from './service.ts';
import { createSignedCalls, type Log, type SignedCall } from './signed-calls.ts';
import type { WebhookAlgorithm } from './signature.ts';
import { createSumsubWebhooks } from './webhooks.ts';
import {
  accessTokenSchema,
  applicantSchema,
  deactivatedSchema,
  existenceSchema,
  statusSchema,
  stepsSchema,
  type WireApplicant,
} from './wire.ts';

export interface SumsubOptions {
  /** Origin of the API; production and Sumsub's own sandbox share `https://api.sumsub.com`. */
  apiUrl: string;
  appToken: Secret;
  secretKey: Secret;
  /** One secret, or two during a rotation. */
  webhookSecrets: readonly Secret[];
  /** The signature algorithms accepted for webhooks. */
  webhookAlgorithms: readonly WebhookAlgorithm[];
  /** The level at which customers are verified, e.g. `basic-kyc-level`. */
  levelName: string;
  /** Whether to accept webhooks from Sumsub's sandbox and from its test button. Never in production. */
  acceptSandboxMode: boolean;
}

export interface SumsubDependencies {
  clock: Clock;
  outbound: Outbound;
  log: Log;
  /** Counts the items of an answer that could not be read. */
  onOddItems?: ((odd: OddItems) => void) | undefined;
}

/** The lifetime of a WebSDK token, in seconds. Always sent, because Sumsub's own default has changed over time. */
const tokenTtlSeconds = 1_800;

/** Sumsub over HTTP. Sources: docs.sumsub.com, API reference: "Authentication", "Applicants", "Access tokens". */
export function createSumsubClient(options: SumsubOptions, dependencies: SumsubDependencies): Sumsub {
  const send = createSignedCalls(options, dependencies);
  const { webhooks, onWebhook } = createSumsubWebhooks(options);
  const read = createListReader({ provider: 'sumsub', ...dependencies });
  const logged = createLogged(dependencies.log);

  async function call<T>(request: SignedCall, schema: z.ZodType<T>): Promise<T> {
    return logged(async () => {
      const response = await send(request);
      return read(request.operation, () => judge(response, schema, request.operation));
    });
  }

  async function findByExternalUserId(externalUserId: string): Promise<WireApplicant> {
    const path = `/resources/applicants/-;externalUserId=${encodeURIComponent(externalUserId)}/one`;
    return call({ operation: 'sumsub.find_applicant', method: 'GET', path }, applicantSchema);
  }

  async function readStatus(applicantId: string): Promise<ApplicantStatus> {
    const path = applicantPath(applicantId, 'status');
    const wire = await call({ operation: 'sumsub.applicant_status', method: 'GET', path }, statusSchema);
    return toApplicantStatus(applicantId, wire);
  }

  return {
    async createApplicant({ externalUserId, email, phone }) {
      const operation = 'sumsub.create_applicant';
      const path = `/resources/applicants?levelName=${encodeURIComponent(options.levelName)}`;
      const body = { externalUserId, email, phone };
      const response = await logged(() => send({ operation, method: 'POST', path, body }));
      const applicant = mayExist(response)
        ? await findByExternalUserId(externalUserId)
        : await logged(async () => judge(response, applicantSchema, operation));
      await logged(async () => assertSame(applicant.externalUserId, externalUserId, operation));
      return { applicantId: applicant.id };
    },

    async findApplicant(externalUserId) {
      const operation = 'sumsub.applicant_exists';
      const path = `/resources/applicants/-/byExternalUserId/${encodeURIComponent(externalUserId)}`;
      const answer = await call({ operation, method: 'GET', path }, existenceSchema);
      if (!answer.exists) return undefined;
      await logged(async () => assertSame(answer.applicant.externalUserId, externalUserId, operation));
      return { applicantId: answer.applicant.id };
    },

    async getAccessToken(applicantId) {
      const read = { operation: 'sumsub.read_applicant', path: applicantPath(applicantId, 'one') };
      const applicant = await call({ ...read, method: 'GET' }, applicantSchema);
      await logged(async () => assertSame(applicant.id, applicantId, read.operation));
      const userId = applicant.externalUserId;
      const operation = 'sumsub.access_token';
      const body = { userId, levelName: options.levelName, ttlInSecs: tokenTtlSeconds };
      const path = '/resources/accessTokens/sdk';
      const answer = await call({ operation, method: 'POST', path, body }, accessTokenSchema);
      await logged(async () => assertSame(answer.userId, userId, operation));
      return { token: answer.token, externalUserId: userId };
    },

    getApplicantStatus: readStatus,

    async getVerificationResult(applicantId) {
      const path = applicantPath(applicantId, 'requiredIdDocsStatus');
      const reading = call({ operation: 'sumsub.required_documents', method: 'GET', path }, stepsSchema);
      const [status, steps] = await Promise.all([readStatus(applicantId), reading]);
      return { ...status, checks: toChecks(status, steps), riskScore: undefined };
    },

    async deactivateApplicant(applicantId) {
      const operation = 'sumsub.deactivate_applicant';
      const path = applicantPath(applicantId, 'presence/deactivated');
      const answer = await call({ operation, method: 'PATCH', path }, deactivatedSchema);
      await logged(async () => assertSame(answer.id, applicantId, operation));
    },

    onWebhook,
    webhooks,
  };
}

/** Logs errors here, because callers only turn them into an answer for the customer. */
function createLogged(log: Log): <T>(work: () => Promise<T>) => Promise<T> {
  return async (work) => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof DropError) log(`sumsub: ${error.message}`, { ...error.details });
      throw error;
    }
  };
}

function applicantPath(applicantId: string, resource: string): string {
  return `/resources/applicants/${encodeURIComponent(applicantId)}/${resource}`;
}

/** Reads a successful answer, or throws the error for a refusal. An error code inside a success is Sumsub's failure. */
function judge<T>(response: RawResponse, schema: z.ZodType<T>, operation: string): T {
  if (response.status !== 200 && response.status !== 201) throw refusalError(response, operation);
  if (readRefusal(response).errorCode !== undefined) throw unavailableError(undefined, operation);
  try {
    return schema.parse(response.json());
  } catch (cause) {
    throw unavailableError(cause, operation);
  }
}

/** A 409 without an error code means "already exists"; with a code it is another conflict. */
function mayExist(response: RawResponse): boolean {
  return response.status === 409 && readRefusal(response).errorCode === undefined;
}

/** A token or an applicant of another customer must never be returned. */
function assertSame(answered: string, asked: string, operation: string): void {
  if (answered === asked) return;
  const message = `${operation}: the answer is for another applicant than requested`;
  throw new DropError('kyc_conflict', { message, outcome: 'unknown', provider: 'sumsub', operation });
}
