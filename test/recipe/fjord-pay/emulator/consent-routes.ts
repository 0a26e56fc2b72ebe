import { Hono } from 'hono';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { sandboxBanks } from '#emulation/bank/banks.ts';
import type { ConsentPages } from '#emulation/bank/consent-pages.ts';
import type { SandboxBankCustomer } from '#emulation/bank/customers.ts';
import { consentStatusAt, type BankConsentStatus } from '#emulation/bank/world.ts';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import { assertActive } from './consent-state.ts';
import { customerSchema, language, readBody, refuse } from './requests.ts';
import {
  accountBankId,
  addressOf,
  appApproval,
  appMs,
  exempted,
  newId,
  paymentBankId,
  wayOf,
  type Bench,
  type Consent,
} from './world.ts';

const codeMs = 300_000;
const accessTokenMs = 600_000;

const consentRequest = z.object({
  bank_id: z.string(),
  valid_until: z.iso.datetime(),
  return_url: z.url(),
  language,
  customer: customerSchema,
});

/** One of a code, a consent that came about without one, and a refresh token. */
const tokenRequest = z.object({
  code: z.string().optional(),
  consent_id: z.string().optional(),
  refresh_token: z.string().optional(),
});

/** Banks, consents and their tokens. */
export function consentRoutes(
  bench: Bench,
  customers: readonly SandboxBankCustomer[],
): Hono<EmulatorEnvironment> {
  const { context, guarded, world } = bench;
  const now = (): Date => context.clock.now();
  const routes = new Hono<EmulatorEnvironment>();

  routes.get('/v1/banks', ...guarded('list_banks'), (c) =>
    c.json({
      banks: sandboxBanks.map((bank) => ({
        account_bank_id: accountBankId(bank),
        payment_bank_id: paymentBankId(bank),
        name: bank.name,
        bic: bank.bic,
        consent_days: bank.consentSecondsMax / 86_400,
      })),
    }),
  );

  routes.post('/v1/consents', ...guarded('start_consent'), async (c) => {
    const consent = openConsent(await readBody(c, consentRequest), bench);
    world().consents.push(consent);
    if (wayOf(consent.bank) === 'exempted') grant(consent, bench, customers);
    return c.json({ consent_id: consent.reference, approval: approvalOf(consent, bench) }, 201);
  });

  routes.get('/v1/consents/:id', ...guarded('read_consent'), (c) => {
    const consent = findConsent(c.req.param('id'), bench);
    approveInApp(consent, bench, customers);
    return c.json(describeConsent(consent, bench));
  });

  routes.delete('/v1/consents/:id', ...guarded('end_consent'), (c) => {
    const consent = findConsent(c.req.param('id'), bench);
    const status = consentStatusAt(consent, now());
    if (status === 'pending' || status === 'granted' || status === 'active') consent.status = 'closed';
    return c.json(describeConsent(consent, bench));
  });

  routes.post('/v1/tokens', ...guarded('redeem'), async (c) => {
    const consent = redeemable(await readBody(c, tokenRequest), bench);
    const accessExpiresAt = new Date(now().getTime() + accessTokenMs);
    consent.status = 'active';
    consent.code = undefined;
    consent.tokens = { access: newId(), refresh: newId(), accessExpiresAt };
    return c.json({ access_token: consent.tokens.access, refresh_token: consent.tokens.refresh });
  });

  return routes;
}

/** How the customer comes back from the pages: with the consent's id, and no state. */
export function consentReturns({
  context,
}: Bench): Pick<ConsentPages<Consent>, 'start' | 'onGranted' | 'onDeclined'> {
  return {
    start: { path: '/approve/consent', parameter: 'id' },
    onGranted(consent) {
      const expiresAt = new Date(context.clock.now().getTime() + codeMs);
      consent.code = { value: newId(), expiresAt };
      const { reference, returnUrl, code } = consent;
      return addressOf(returnUrl, { consentId: reference, outcome: 'approved', code: code.value });
    },
    onDeclined: ({ reference, returnUrl }) =>
      addressOf(returnUrl, { consentId: reference, outcome: 'declined' }),
  };
}

function openConsent(request: z.output<typeof consentRequest>, bench: Bench): Consent {
  const { context, callbackUrl } = bench;
  const bank = sandboxBanks.find((each) => accountBankId(each) === request.bank_id);
  if (bank === undefined) throw refuse(404, 'bank_unknown');
  const createdAt = context.clock.now();
  const validUntil = new Date(request.valid_until);
  const lastsMs = validUntil.getTime() - createdAt.getTime();
  const isValid = lastsMs > 0 && lastsMs <= bank.consentSecondsMax * 1_000;
  if (!isValid || request.return_url !== callbackUrl) throw refuse(400, 'request_invalid');
  return {
    id: newId(),
    reference: newId(),
    bank,
    status: 'pending',
    validUntil,
    createdAt,
    language: request.language,
    returnUrl: request.return_url,
    customerName: request.customer.name,
    holder: undefined,
    accounts: [],
    readsTransactions: true,
    code: undefined,
    tokens: undefined,
  };
}

/** All accounts of the customer, by the name that the application gave. */
function grant(consent: Consent, { world }: Bench, customers: readonly SandboxBankCustomer[]): void {
  const [first] = customers;
  const { name } = customers.find((each) => each.name === consent.customerName) ?? first ?? { name: '' };
  const accounts = world().accounts.filter(
    ({ bank, holder }) => bank.slug === consent.bank.slug && holder === name,
  );
  consent.holder = name;
  consent.status = 'granted';
  consent.accounts = accounts.map((account) => ({ reference: newId(), account }));
}

function approveInApp(consent: Consent, bench: Bench, customers: readonly SandboxBankCustomer[]): void {
  const waitedMs = bench.context.clock.now().getTime() - consent.createdAt.getTime();
  const isApproved = wayOf(consent.bank) === 'app' && consent.status === 'pending' && waitedMs >= appMs;
  if (isApproved) grant(consent, bench, customers);
}

function findConsent(reference: string, { world }: Bench): Consent {
  const consent = world().consents.find((each) => each.reference === reference);
  if (consent === undefined) throw refuse(404, 'consent_unknown');
  return consent;
}

/** A code is good once and for a while, a refresh token once. */
function redeemable(
  { code, consent_id, refresh_token }: z.output<typeof tokenRequest>,
  bench: Bench,
): Consent {
  const { consents } = bench.world();
  const now = bench.context.clock.now();
  if (refresh_token !== undefined) {
    const refreshed = consents.find(({ tokens }) => tokens?.refresh === refresh_token);
    if (refreshed === undefined) throw refuse(401, 'token_wrong');
    return assertActive(refreshed, now);
  }
  const consent = consents.find(({ reference, status }) => reference === consent_id && status === 'granted');
  if (consent === undefined || consent.code?.value !== code) throw refuse(400, 'code_invalid');
  if (consent.code !== undefined && consent.code.expiresAt <= now) throw refuse(400, 'code_invalid');
  return consent;
}

function approvalOf(consent: Consent, { context }: Bench): object {
  if (consent.status !== 'pending') return exempted;
  if (wayOf(consent.bank) === 'app') return appApproval;
  return { kind: 'page', url: `${context.origin}/approve/consent?id=${consent.id}` };
}

const statuses: Record<BankConsentStatus, { status: string; ended_by?: string }> = {
  pending: { status: 'pending' },
  granted: { status: 'approved' },
  active: { status: 'active' },
  declined: { status: 'ended', ended_by: 'refusal' },
  expired: { status: 'ended', ended_by: 'time' },
  closed: { status: 'ended', ended_by: 'application' },
  revoked: { status: 'ended', ended_by: 'customer' },
};

/** An id that lasts is kept: it must not be the number itself. */
function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

function describeConsent(consent: Consent, bench: Bench): object {
  const { reference, bank, validUntil, accounts } = consent;
  return {
    consent_id: reference,
    bank_id: accountBankId(bank),
    ...statuses[consentStatusAt(consent, bench.context.clock.now())],
    valid_until: validUntil.toISOString(),
    accounts: accounts.map(({ reference: account_ref, account }) => ({
      account_ref,
      stable_id: hashOf(`${bank.slug}-${account.accountNumber}`),
      number: account.accountNumber,
      name: account.name,
      owner: account.holder,
      currency: account.currency,
    })),
    approval: approvalOf(consent, bench),
  };
}
