import { Hono } from 'hono';
import { z } from 'zod';
import { consentStatusAt } from '#emulation/bank/world.ts';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import { describeAccount } from './account-description.ts';
import { authorizationRequest, openSession } from './authorization-request.ts';
import type { Bench } from './bench.ts';
import { judgePsuHeaders } from './psu-headers.ts';
import { refuse } from './refusal.ts';
import { readBody, readUuid } from './request-body.ts';
import { sessionStatuses, type Session } from './world.ts';

/** `POST /auth`, `POST /sessions`, `GET` and `DELETE /sessions/{session_id}`. */
export function sessionRoutes(bench: Bench): Hono<EmulatorEnvironment> {
  const { context, guarded, world } = bench;
  const routes = new Hono<EmulatorEnvironment>();

  routes.post('/auth', ...guarded('start_authorization'), async (c) => {
    const session = openSession(await readBody(c, authorizationRequest), bench);
    world().consents.push(session);
    return c.json({
      url: `${context.origin}/ais/start?sessionid=${session.id}`,
      authorization_id: session.id,
      psu_id_hash: session.psuIdHash,
    });
  });

  routes.post('/sessions', ...guarded('authorize_session'), async (c) => {
    const { code } = await readBody(c, z.object({ code: z.string() }));
    const session = redeemCode(code, bench);
    return c.json({
      session_id: session.reference,
      accounts: session.accounts.map(({ reference, account }) => describeAccount(reference, account)),
      aspsp: { name: session.bank.name, country: 'NO' },
      psu_type: session.psuType,
      access: { ...session.access, valid_until: session.validUntil.toISOString() },
    });
  });

  routes.get('/sessions/:id', ...guarded('get_session'), (c) => {
    const session = findSession(readUuid(c, 'id'), bench);
    return c.json(describeSession(session, context.clock.now()));
  });

  routes.delete('/sessions/:id', ...guarded('delete_session'), (c) => {
    judgePsuHeaders(c.req.header());
    const session = findSession(readUuid(c, 'id'), bench);
    assertAuthorized(session, context.clock.now());
    session.status = 'closed';
    session.closedAt = context.clock.now();
    return c.json({ message: 'OK' });
  });

  return routes;
}

/** A code is good once and for a while. */
function redeemCode(code: string, { world, context }: Bench): Session {
  const now = context.clock.now();
  const session = world().consents.find((candidate) => candidate.code?.value === code);
  if (session?.code === undefined) throw refuse('WRONG_AUTHORIZATION_CODE');
  if (session.status !== 'granted') throw refuse('ALREADY_AUTHORIZED');
  if (session.code.expiresAt <= now) throw refuse('EXPIRED_AUTHORIZATION_CODE');
  session.status = 'active';
  session.authorizedAt = now;
  return session;
}

/** A session exists for the API once its code was redeemed. */
function findSession(sessionId: string, { world }: Bench): Session {
  const session = world().consents.find((candidate) => candidate.reference === sessionId);
  if (session?.authorizedAt === undefined) throw refuse('SESSION_DOES_NOT_EXIST');
  return session;
}

export function assertAuthorized(session: Session, now: Date): void {
  switch (consentStatusAt(session, now)) {
    case 'active':
      return;
    case 'expired':
      throw refuse('EXPIRED_SESSION');
    case 'revoked':
      throw refuse('REVOKED_SESSION');
    case 'closed':
      throw refuse('CLOSED_SESSION');
    case 'pending':
    case 'granted':
    case 'declined':
      throw refuse('WRONG_SESSION_STATUS');
  }
}

function describeSession(session: Session, now: Date): Record<string, unknown> {
  const accounts = session.accounts.map(({ reference, account }) => describeAccount(reference, account));
  return {
    status: sessionStatuses[consentStatusAt(session, now)],
    accounts: session.accounts.map(({ reference }) => reference),
    accounts_data: accounts.map(({ uid, identification_hash, identification_hashes }) => ({
      uid,
      identification_hash,
      identification_hashes,
    })),
    aspsp: { name: session.bank.name, country: 'NO' },
    psu_type: session.psuType,
    psu_id_hash: session.psuIdHash,
    access: { ...session.access, valid_until: session.validUntil.toISOString() },
    created: session.createdAt.toISOString(),
    authorized: session.authorizedAt?.toISOString() ?? null,
    closed: session.closedAt?.toISOString() ?? null,
  };
}
