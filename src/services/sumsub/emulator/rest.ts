import { randomUUID } from 'node:crypto';
import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { z } from 'zod';
import type { Clock } from '#domain/clock.ts';
import type { EmulatorContext, EmulatorEnvironment } from '#emulation/emulator.ts';
import type { EmulatedApplicant, EmulatedApplicants } from './applicants.ts';
import { applicantAnswer, statusAnswer, stepsAnswer } from './answers.ts';
import { authenticate } from './authentication.ts';
import { addDocument } from './documents.ts';
import { refuse, refuseUnknownApplicant } from './errors.ts';
import { limitRate } from './rate-limits.ts';
import { maySubmit, type EmulatedReviews } from './reviews.ts';

interface RestOptions {
  appToken: string;
  secretKey: string;
  levelName: string;
  applicants: EmulatedApplicants;
  reviews: EmulatedReviews;
}

/** Answers a request about an applicant: with JSON, a complete response, or undefined when the body is invalid. */
type Answer = (
  applicant: EmulatedApplicant,
  body: () => Promise<unknown>,
  c: Context<EmulatorEnvironment>,
) => unknown;

type Handler = (c: Context<EmulatorEnvironment>) => Promise<Response>;

type Method = 'GET' | 'POST' | 'PATCH';

interface Route {
  /** The operation's name in fault injection. */
  operation: string;
  handler: Handler;
}

const newApplicant = z.object({
  externalUserId: z.string().min(1).optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
});

const newToken = z.object({
  userId: z.string().min(1),
  levelName: z.string(),
  ttlInSecs: z.int().min(1).default(600),
});

const testReview = z.object({
  reviewAnswer: z.enum(['GREEN', 'RED']),
  reviewRejectType: z.enum(['RETRY', 'FINAL']).exactOptional(),
  rejectLabels: z.array(z.string()).exactOptional(),
  moderationComment: z.string().exactOptional(),
  clientComment: z.string().exactOptional(),
});

const presences: Readonly<Record<string, boolean>> = { deactivated: true, activated: false };

/** A profile in these statuses cannot be deactivated. */
const underReview: readonly string[] = ['pending', 'queued', 'prechecked'];

/** The part of `/resources` that an integration like Drop's uses. Source: Sumsub API reference. */
export function restRoutes(context: EmulatorContext, options: RestOptions): Hono<EmulatorEnvironment> {
  const { faults, clock } = context;
  const authenticated = authenticate({ clock, ...options });
  const limited = limitRate(clock);
  const routes = new Hono<EmulatorEnvironment>();
  const add = (method: Method, path: string, { operation, handler }: Route): void => {
    const checks = [faults.guard(operation), authenticated, limited, requireContentType] as const;
    routes.on(method, `/resources/${path}`, ...checks, handler);
  };
  add('GET', 'status/api', { operation: 'api_health', handler: async (c) => c.json({ status: 'OK' }) });
  add('POST', 'applicants', { operation: 'create_applicant', handler: createApplicant(options) });
  const token = { operation: 'access_token', handler: createToken(options) };
  add('POST', 'accessTokens/sdk', token);
  add('POST', 'accessTokens', token);
  add('GET', 'applicants/-/byExternalUserId/:externalUserId', {
    operation: 'applicant_exists',
    handler: tellWhetherExists(options),
  });
  for (const [path, route] of Object.entries(applicantRoutes(options, clock)))
    add(route.method, `applicants/:reference/${path}`, route);
  routes.all('/resources/*', (c) => refuse(c, { status: 404, description: 'No such resource' }));
  return routes;
}

function applicantRoutes(
  { applicants, reviews }: RestOptions,
  clock: Clock,
): Record<string, Route & { method: Method }> {
  const of =
    (answer: Answer): Handler =>
    async (c) => {
      const applicant = applicants.find(c.req.param('reference') ?? '');
      if (!applicant) return refuseUnknownApplicant(c);
      const answered = await answer(applicant, () => jsonOf(c), c);
      if (answered instanceof Response) return answered;
      return answered === undefined
        ? refuse(c, { status: 400, description: 'Invalid body' })
        : c.json(answered);
    };

  return {
    one: { method: 'GET', operation: 'read_applicant', handler: of(applicantAnswer) },
    status: {
      method: 'GET',
      operation: 'applicant_status',
      handler: of((applicant) => statusAnswer(applicant, clock.now())),
    },
    requiredIdDocsStatus: { method: 'GET', operation: 'required_documents', handler: of(stepsAnswer) },
    'info/idDoc': {
      method: 'POST',
      operation: 'add_document',
      handler: of((applicant, _body, c) => addDocument(c, applicant, applicants)),
    },
    'status/pending': {
      method: 'POST',
      operation: 'request_check',
      handler: of((applicant, _body, c) => {
        if (!maySubmit(applicant))
          return refuse(c, { status: 409, errorCode: 3000, description: 'Already in the state' });
        reviews.request(applicant);
        return { ok: 1 };
      }),
    },
    'status/testCompleted': {
      method: 'POST',
      operation: 'test_completed',
      handler: of(async (applicant, body) => {
        const { data } = testReview.safeParse(await body());
        if (!data) return undefined;
        reviews.complete(applicant, data, { IDENTITY: data, SELFIE: data });
        return { ok: 1 };
      }),
    },
    'presence/:status': {
      method: 'PATCH',
      operation: 'deactivate_applicant',
      handler: of((applicant, _body, c) => {
        const isDeactivated = presences[c.req.param('status') ?? ''];
        if (isDeactivated === undefined) return undefined;
        if (isDeactivated && underReview.includes(applicant.reviewStatus))
          return refuse(c, { status: 409, description: 'The applicant is being checked' });
        reviews.deactivate(applicant, isDeactivated);
        return { ...applicantAnswer(applicant), deleted: isDeactivated };
      }),
    },
    reset: {
      method: 'POST',
      operation: 'reset_applicant',
      handler: of((applicant) => {
        reviews.restart(applicant);
        return { ok: 1 };
      }),
    },
  };
}

function createApplicant({ levelName, applicants, reviews }: RestOptions): Handler {
  return async (c) => {
    const level = c.req.query('levelName');
    if (!level) return refuse(c, { status: 400, description: 'levelName is missing' });
    if (level !== levelName) return refuseUnknownLevel(c, level);
    const parsed = newApplicant.safeParse(await jsonOf(c));
    if (!parsed.success) return refuse(c, { status: 400, description: 'Invalid applicant' });
    const { externalUserId = randomUUID(), email, phone } = parsed.data;
    const existing = applicants.findByExternalUserId(externalUserId);
    const description = `Applicant with external user id '${externalUserId}' already exists: ${existing?.id}`;
    if (existing) return refuse(c, { status: 409, description });
    return c.json(applicantAnswer(reviews.register({ externalUserId, email, phone })), 201);
  };
}

/** An applicant that does not exist is an answer here, not a refusal. */
function tellWhetherExists({ applicants }: RestOptions): Handler {
  return async (c) => {
    const applicant = applicants.findByExternalUserId(c.req.param('externalUserId') ?? '');
    return c.json(applicant ? { exists: true, applicant: applicantAnswer(applicant) } : { exists: false });
  };
}

/**
 * The older form has its parameters in the query, and no body. An unknown `userId` creates an applicant, as at Sumsub,
 * so a client that sends a wrong id gets no error.
 */
function createToken({ levelName, applicants, reviews }: RestOptions): Handler {
  return async (c) => {
    const isOlder = c.req.path === '/resources/accessTokens';
    const parsed = newToken.safeParse(isOlder ? tokenQueryOf(c) : await jsonOf(c));
    if (!parsed.success) return refuse(c, { status: 400, description: 'Invalid request of a token' });
    const { userId, ttlInSecs } = parsed.data;
    if (parsed.data.levelName !== levelName) return refuseUnknownLevel(c, parsed.data.levelName);
    const existing = applicants.findByExternalUserId(userId);
    const applicant = existing ?? reviews.register({ externalUserId: userId });
    return c.json({ token: applicants.issueToken(applicant, ttlInSecs), userId });
  };
}

function tokenQueryOf(c: Context<EmulatorEnvironment>): object {
  const { ttlInSecs, ...query } = c.req.query();
  return { ...query, ...(ttlInSecs !== undefined && { ttlInSecs: Number(ttlInSecs) }) };
}

/** Refuses a body that is neither JSON nor, for documents, a form. */
const requireContentType: MiddlewareHandler<EmulatorEnvironment> = async (c, next) => {
  const isEmpty = (await c.req.arrayBuffer()).byteLength === 0;
  const expected = c.req.path.endsWith('/info/idDoc') ? 'multipart/form-data' : 'application/json';
  const isExpected = c.req.header('content-type')?.toLowerCase().startsWith(expected) ?? false;
  if (isEmpty || isExpected) return next();
  return refuse(c, { status: 415, description: `The content type must be ${expected}` });
};

function refuseUnknownLevel(c: Context<EmulatorEnvironment>, level: string): Response {
  return refuse(c, { status: 404, description: `Level '${level}' is not found` });
}

async function jsonOf(c: Context<EmulatorEnvironment>): Promise<unknown> {
  return c.req.json().catch(() => undefined);
}
