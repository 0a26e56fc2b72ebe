import { z } from 'zod';
import { localeFromHeader } from '#domain/locale.ts';
import { isInApp, judgeAuthMethod } from './auth-methods.ts';
import { psuTypes } from './bank-profiles.ts';
import type { Bench } from './bench.ts';
import { refuse } from './refusal.ts';
import { findBank, redirectFields } from './request-body.ts';
import { judgeRequestedAccounts, requestedAccounts } from './requested-accounts.ts';
import { hashOf, newId, type Session } from './world.ts';

/** OpenAPI, `StartAuthorizationRequest`. */
export const authorizationRequest = z.object({
  ...redirectFields,
  access: z.object({
    accounts: requestedAccounts.nullish(),
    valid_until: z.iso.datetime({ offset: true }),
    balances: z.boolean().default(true),
    transactions: z.boolean().default(true),
  }),
  psu_type: z.enum(psuTypes).default('personal'),
  credentials_autosubmit: z.boolean().default(true),
});
type AuthorizationRequest = z.output<typeof authorizationRequest>;

/** The session that a request begins. Refuses what the application or the bank does not allow. */
export function openSession(request: AuthorizationRequest, { context, callbackUrl }: Bench): Session {
  const bank = findBank(request.aspsp);
  if (request.redirect_url !== callbackUrl) throw refuse('REDIRECT_URI_NOT_ALLOWED');
  judgeAuthMethod(request, bank);
  judgeRequestedAccounts(request.access.accounts);
  const now = context.clock.now();
  const validUntil = new Date(request.access.valid_until);
  const validSeconds = (validUntil.getTime() - now.getTime()) / 1000;
  if (validSeconds > bank.consentSecondsMax) {
    const detail = `ASPSP does not support consent validity more than ${bank.consentSecondsMax} seconds`;
    throw refuse('WRONG_REQUEST_PARAMETERS', detail);
  }
  if (validSeconds <= 0) throw refuse('WRONG_REQUEST_PARAMETERS', 'valid_until is in the past');
  const id = newId();
  return {
    id,
    reference: newId(),
    bank,
    status: 'pending',
    validUntil,
    access: accessOf(request),
    readsTransactions: request.access.transactions,
    state: request.state,
    redirectUrl: request.redirect_url,
    language: localeFromHeader(request.language ?? undefined),
    psuType: request.psu_type,
    approvesInApp: isInApp(request),
    psuIdHash: hashOf(request.psu_id ?? id),
    holder: undefined,
    accounts: [],
    code: undefined,
    createdAt: now,
    authorizedAt: undefined,
    closedAt: undefined,
  };
}

function accessOf({ access: { accounts, balances, transactions } }: AuthorizationRequest): Session['access'] {
  return { ...(accounts && { accounts }), balances, transactions };
}
