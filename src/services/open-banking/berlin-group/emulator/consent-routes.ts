import { Hono } from 'hono';
import { z } from 'zod';
import type { ConsentPages } from '#emulation/bank/consent-pages.ts';
import type { SandboxBankCustomer } from '#emulation/bank/customers.ts';
import { consentStatusAt, type BankConsentStatus } from '#emulation/bank/world.ts';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import { refuse } from './refusal.ts';
import { bankOf, linkTo, readBody, readPresence, type BankContext } from './requests.ts';
import { appMessage, decideConsent } from './bank-app.ts';
import { activate } from './consent-activation.ts';
import { bankDate, newId, type Bench, type Consent } from './world.ts';

const dayMs = 86_400_000;

/** Empty lists: the customer chooses the accounts at the bank. */
const consentRequest = z.strictObject({
  access: z.strictObject({
    accounts: z.array(z.never()).optional(),
    balances: z.array(z.never()),
    transactions: z.array(z.never()).optional(),
  }),
  recurringIndicator: z.boolean(),
  validUntil: z.iso.date(),
  frequencyPerDay: z.int().min(1).max(4),
  combinedServiceIndicator: z.boolean(),
});

const statuses: Record<BankConsentStatus, string> = {
  pending: 'received',
  granted: 'valid',
  active: 'valid',
  declined: 'rejected',
  expired: 'expired',
  closed: 'terminatedByTpp',
  revoked: 'revokedByPsu',
};

/** `/v1/consents` of every bank. */
export function consentRoutes(
  bench: Bench,
  customers: readonly SandboxBankCustomer[],
): Hono<EmulatorEnvironment> {
  const { guarded, context, world } = bench;
  const routes = new Hono<EmulatorEnvironment>();
  const now = (): Date => context.clock.now();

  routes.post('/:bank/v1/consents', ...guarded('start_consent'), async (c) => {
    const consent = await openConsent(c, bench);
    world().consents.push(consent);
    c.header('location', linkTo(c, `/v1/consents/${consent.reference}`).href);
    return c.json(startedConsent(c, consent, bench), 201, approachOf(c));
  });

  routes.get('/:bank/v1/consents/:id', ...guarded('read_consent'), (c) => {
    const consent = findConsent(c, bench);
    decideConsent(consent, bench, customers);
    return c.json({
      access: { accounts: [], balances: [], ...(consent.readsTransactions && { transactions: [] }) },
      recurringIndicator: true,
      validUntil: consent.validUntilDay,
      frequencyPerDay: 4,
      lastActionDate: bankDate(now()),
      consentStatus: statuses[consentStatusAt(consent, now())],
    });
  });

  routes.delete('/:bank/v1/consents/:id', ...guarded('end_consent'), (c) => {
    const consent = findConsent(c, bench);
    const status = consentStatusAt(consent, now());
    if (status === 'pending' || status === 'active') consent.status = 'closed';
    return c.body(null, 204);
  });

  routes.post('/:bank/v1/consents/:id/authorisations', ...guarded('start_authorisation'), (c) => {
    const consent = findConsent(c, bench);
    const { dialect } = bankOf(c);
    if (!/^\d{11}$/.test(c.req.header('psu-id') ?? ''))
      throw refuse(dialect.errors, 'FORMAT_ERROR', 'PSU-ID is mandatory');
    if (consent.status !== 'pending') throw refuse(dialect.errors, 'STATUS_INVALID', 'it was decided');
    consent.authorisation = { id: newId(), startedAt: now() };
    const { id } = consent.authorisation;
    const scaStatus = linkTo(c, `/v1/consents/${consent.reference}/authorisations/${id}`);
    const started = { scaStatus: 'received', authorisationId: id, psuMessage: appMessage };
    return c.json({ ...started, _links: { scaStatus } }, 201, approachOf(c));
  });

  return routes;
}

/** How the customer comes back from the pages. */
export function consentReturns(
  bench: Bench,
): Pick<ConsentPages<Consent>, 'start' | 'onGranted' | 'onDeclined'> {
  return {
    start: { path: '/approve/consent', parameter: 'id' },
    onGranted(consent) {
      activate(consent, bench);
      return consent.returns.ok;
    },
    onDeclined: ({ returns }) => returns.nok,
  };
}

async function openConsent(c: BankContext, bench: Bench): Promise<Consent> {
  const { bank, dialect } = bankOf(c);
  const returns = readPresence(c, bench);
  const request = await readBody(c, consentRequest);
  const createdAt = bench.context.clock.now();
  const lastDay = bankDate(new Date(createdAt.getTime() + dialect.consentDaysMax * dayMs));
  if (request.validUntil < bankDate(createdAt))
    throw refuse(dialect.errors, 'PERIOD_INVALID', 'validUntil has passed');
  const validUntilDay = request.validUntil < lastDay ? request.validUntil : lastDay;
  return {
    id: newId(),
    reference: newId(),
    bank,
    status: 'pending',
    validUntil: midnightAfter(validUntilDay),
    validUntilDay,
    readsTransactions: request.access.transactions !== undefined,
    createdAt,
    language: 'nb',
    returns,
    holder: undefined,
    accounts: [],
    authorisation: undefined,
  };
}

/** The first moment that is another day at the bank, to the hour. */
function midnightAfter(day: string): Date {
  const hours = Array.from({ length: 30 }, (_, hour) => new Date(Date.parse(day) + (hour + 18) * 3_600_000));
  return hours.find((time) => bankDate(time) > day) ?? new Date(Date.parse(day) + 2 * dayMs);
}

export function findConsent(c: BankContext, { world }: Bench, id = c.req.param('id')): Consent {
  const { bank, dialect } = bankOf(c);
  const consent = world().consents.find((each) => each.reference === id && each.bank.slug === bank.slug);
  if (consent === undefined) throw refuse(dialect.errors, 'CONSENT_UNKNOWN', 'there is no such consent');
  return consent;
}

function approachOf(c: BankContext): Record<string, string> {
  return { 'aspsp-sca-approach': bankOf(c).dialect.approach };
}

function startedConsent(c: BankContext, { id, reference }: Consent, { context }: Bench): object {
  const path = `/v1/consents/${reference}`;
  const { approach, linksConsentByHeader } = bankOf(c).dialect;
  const way =
    approach === 'DECOUPLED'
      ? { startAuthorisationWithPsuIdentification: linkTo(c, `${path}/authorisations`) }
      : { scaRedirect: { href: `${context.origin}/approve/consent?id=${id}` } };
  const self = linksConsentByHeader ? {} : { self: linkTo(c, path) };
  const links = { ...way, ...self, status: linkTo(c, `${path}/status`) };
  return { consentStatus: 'received', consentId: reference, _links: links };
}
