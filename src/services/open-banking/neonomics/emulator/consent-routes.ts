import { Hono } from 'hono';
import { z } from 'zod';
import { defaultLocale } from '#domain/locale.ts';
import { sandboxBanks } from '#emulation/bank/banks.ts';
import type { ConsentPages } from '#emulation/bank/consent-pages.ts';
import { consentStatusAt } from '#emulation/bank/world.ts';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import { bankIdOf, describeBank, findBank } from './banks.ts';
import { codes, refuse } from './refusal.ts';
import { assertIdentified, deviceOf, findSession, readBody, redirectUrlOf } from './requests.ts';
import { addressOf, newId, type Bench, type Session } from './world.ts';

const consentPagePath = '/sca/consent';

/** Banks, sessions and consents. */
export function consentRoutes(bench: Bench): Hono<EmulatorEnvironment> {
  const { guarded, world, context } = bench;
  const routes = new Hono<EmulatorEnvironment>();

  routes.get('/ics/v3/banks', ...guarded('list_banks'), (c) => {
    const { countryCode = 'NO', name = '' } = c.req.query();
    const named = sandboxBanks.filter((bank) => bank.name.toLowerCase().includes(name.toLowerCase()));
    return c.json(countryCode === 'NO' ? named.map(describeBank) : []);
  });

  routes.get('/ics/v3/banks/:id', ...guarded('get_bank'), (c) => {
    const bank = findBank(c.req.param('id'));
    if (bank === undefined) throw refuse(codes.parameterInvalid, 'no such bank');
    return c.json(describeBank(bank));
  });

  routes.post('/ics/v3/session', ...guarded('create_session'), async (c) => {
    const { bankId } = await readBody(c, z.object({ bankId: z.string() }));
    const session = openSession(bankId, deviceOf(c), bench);
    world().consents.push(session);
    return c.json({ sessionId: session.reference }, 201);
  });

  routes.get('/ics/v3/session/:id', ...guarded('get_session'), (c) => {
    const { bank, createdAt } = findSession(c, c.req.param('id'), bench);
    const bankName = bank.name;
    return c.json({
      bankId: bankIdOf(bank),
      bankName,
      createdAt: createdAt.toISOString(),
      providerId: bank.bic,
    });
  });

  routes.delete('/ics/v3/session/:id', ...guarded('delete_session'), (c) => {
    const session = findSession(c, c.req.param('id'), bench);
    session.isOver = true;
    session.status = 'closed';
    return c.body(null, 200);
  });

  routes.get('/ics/v3/consent/:id', ...guarded('get_consent'), (c) => {
    const session = findSession(c, c.req.param('id'), bench);
    const scope = c.req.query('scope');
    if (scope !== 'accounts' && scope !== 'payments')
      throw refuse(codes.scopeInvalid, 'the scope is accounts or payments');
    assertIdentified(c, session.bank, bench);
    session.redirectUrl = redirectUrlOf(c, bench);
    openConsent(session, bench);
    const href = `${context.origin}${consentPagePath}?id=${session.id}`;
    const { paymentId } = session;
    return c.json({
      message: 'Visit the link to consent.',
      ...(scope === 'payments' && paymentId !== undefined && { paymentId }),
      links: [{ type: 'GET', rel: 'consent', href, meta: { id: session.reference } }],
    });
  });

  return routes;
}

function openSession(bankId: string, device: string, { context, callbackUrl }: Bench): Session {
  const bank = findBank(bankId);
  if (bank === undefined) throw refuse(codes.parameterInvalid, 'no such bank');
  const createdAt = context.clock.now();
  return {
    id: newId(),
    reference: newId(),
    bank,
    status: 'pending',
    validUntil: new Date(createdAt.getTime() + bank.consentSecondsMax * 1_000),
    createdAt,
    language: defaultLocale,
    holder: undefined,
    accounts: [],
    device,
    redirectUrl: callbackUrl,
    isOver: false,
    paymentId: undefined,
  };
}

/** How the customer comes back from a consent: with the session, and how it went. */
export function consentReturns({
  world,
}: Bench): Pick<ConsentPages<Session>, 'start' | 'onGranted' | 'onDeclined'> {
  const returned = ({ redirectUrl, reference }: Session, result: 'OK' | 'FAILED'): string =>
    addressOf(redirectUrl, { resource_id: reference, result });
  return {
    start: { path: consentPagePath, parameter: 'id' },
    onGranted(session) {
      session.status = 'active';
      const payment = world().payments.get(session.paymentId ?? '');
      if (payment !== undefined) payment.isConsented = true;
      return returned(session, 'OK');
    },
    onDeclined: (session) => returned(session, 'FAILED'),
  };
}

/** A consent that was declined or has ended may be asked for anew within the session. */
function openConsent(session: Session, { context }: Bench): void {
  const now = context.clock.now();
  if (consentStatusAt(session, now) === 'active') return;
  session.id = newId();
  session.status = 'pending';
  session.createdAt = now;
  session.validUntil = new Date(now.getTime() + session.bank.consentSecondsMax * 1_000);
}
