import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { unattendedReadsMax } from '#domain/banking/unattended-reads.ts';
import { consentsOf, type ShownConsent } from '#usecases/banking/consent-ledger.ts';
import { consentsQuerySchema, consentsSchema, type Consent } from '../contract/consents.ts';
import { requireUser } from '../customer.ts';
import type { HttpDependencies, HttpEnvironment } from '../environment.ts';
import { json, problems } from './openapi.ts';

const list = createRoute({
  method: 'get',
  path: '/api/consents',
  summary: 'Who may read which accounts of the customer until when, and the consents that have ended',
  request: { query: consentsQuerySchema },
  responses: { 200: json(consentsSchema, 'A page of at most 20'), ...problems(400, 401, 429) },
});

export function consentRoutes(app: OpenAPIHono<HttpEnvironment>, dependencies: HttpDependencies): void {
  app.openapi(list, async (c) => {
    const user = await requireUser(c, dependencies);
    const page = await consentsOf(dependencies.context, user, c.req.valid('query').cursor);
    const { consents, nextCursor = null } = page;
    return c.json({ consents: consents.map(shownConsent), unattendedReadsMax, nextCursor }, 200);
  });
}

function shownConsent(consent: ShownConsent): Consent {
  const { id, bankName, readThrough, status, purposes, reads, endCause, isRenewable } = consent;
  return {
    id,
    bankName,
    readThrough,
    status,
    purposes,
    reads,
    accounts: consent.accounts.map(shownAccount),
    createdAt: consent.createdAt.toISOString(),
    validUntil: consent.validUntil?.toISOString() ?? null,
    endedAt: endOf(consent)?.toISOString() ?? null,
    endCause,
    isEndingAtBank: consent.isEndOwed,
    isRenewable,
  };
}

/** A consent whose time has passed has ended then, whenever that is noted. */
function endOf({ endCause, validUntil, endedAt }: ShownConsent): Date | null {
  if (endCause !== 'expired' || validUntil === null) return endedAt;
  return endedAt === null || validUntil < endedAt ? validUntil : endedAt;
}

function shownAccount(account: ShownConsent['accounts'][number]): Consent['accounts'][number] {
  const { id, name, accountNumber, readAt, readAttended, unattendedReads } = account;
  return {
    id,
    name,
    accountNumber,
    readAt: readAt?.toISOString() ?? null,
    isReadAttended: readAttended,
    unattendedReads,
  };
}
