import type { ConsentStatus } from '#domain/banking/consent.ts';
import type { NextStep } from '#domain/banking/next-step.ts';
import { DropError } from '#domain/errors.ts';
import type { Locale } from '#domain/locale.ts';
import { onBehalfOf } from '#outbound/inherited-customer.ts';
import type { AttendedAccess, Bank, OpenBankingProvider } from '#services/open-banking/service.ts';
import {
  findConnection,
  insertConnection,
  keepNextStep,
  type BankConnection,
} from '#store/bank-connections.ts';
import type { User } from '#store/users.ts';
import type { UseCaseContext } from '../context.ts';
import { identityFor, type CustomerIdentity } from '../sign-in/customer-identity.ts';
import { assertVerified } from '../kyc/guard.ts';
import { accountInformation } from './account-information.ts';
import { continueConnection } from './complete-connection.ts';
import { assertedSafeStep } from './safe-step.ts';
import { secretStateOf } from './secret-state.ts';

export interface LinkableBank extends Bank {
  /** The company between Drop and the bank. */
  readThrough: string | undefined;
}

/** The banks that a customer can link now. With `renews`, the bank at which that consent can be renewed, if any. */
export async function banksToLink(
  context: UseCaseContext,
  user: User,
  { renews }: { renews?: string | undefined } = {},
): Promise<LinkableBank[]> {
  const renewed = renews === undefined ? undefined : await consentToRenew(context, user, renews);
  const provider = renewed?.provider ?? context.services.openBanking.forNewConsent({ customerId: user.id });
  const banks = await accountInformation(provider).listBanks();
  return banks
    .filter((bank) => bank.readsBalances && (renewed?.bankId ?? bank.id) === bank.id)
    .map((bank) => ({ ...bank, readThrough: provider.intermediary }));
}

export interface ConnectionRequest {
  bankId: string;
  access: AttendedAccess;
  locale: Locale;
  /** What the session knows of the customer; the user's name where it is left out. */
  customer?: CustomerIdentity;
}

/**
 * Begins a consent at a bank, and says what the customer does next. The connection is stored before the provider is
 * asked. Where the bank asks nothing of the customer, the consent is completed at once.
 *
 * @throws {DropError} `kyc_required`, `kyc_rejected`, `bank_unknown`, `bank_unavailable`, `national_id_required`.
 */
export async function startConnection(
  context: UseCaseContext,
  user: User,
  request: ConnectionRequest,
): Promise<{ id: string; next: NextStep }> {
  assertVerified(user);
  const { bankId } = request;
  const provider = context.services.openBanking.forNewConsent({ customerId: user.id, bankId });
  return begin(context, user, { ...request, provider });
}

/**
 * Begins a consent that takes the place of another one, at the same bank and provider. The former one stays in force
 * until the new one is given, and is then ended.
 *
 * @throws {DropError} as `startConnection`; `not_found` where the customer has no such consent.
 */
export async function renewConnection(
  context: UseCaseContext,
  user: User,
  { id, ...request }: Omit<ConnectionRequest, 'bankId'> & { id: string },
): Promise<{ id: string; next: NextStep }> {
  assertVerified(user);
  const { provider, bankId } = await consentToRenew(context, user, id);
  return begin(context, user, { ...request, provider, bankId, renews: id });
}

const renewable: readonly ConsentStatus[] = ['active', 'expired', 'revoked'];

async function consentToRenew(
  context: UseCaseContext,
  user: User,
  id: string,
): Promise<{ provider: OpenBankingProvider; bankId: string }> {
  const found = await findConnection(context.store.database, { id, userId: user.id });
  if (!found || !renewable.includes(found.status))
    throw new DropError('not_found', { message: 'no such consent' });
  const provider = context.services.openBanking.all().find((live) => live.id === found.provider);
  if (provider) return { provider, bankId: found.bankId };
  throw new DropError('bank_unknown', { message: 'its provider is not there any more', outcome: 'not_sent' });
}

interface Beginning extends ConnectionRequest {
  provider: OpenBankingProvider;
  renews?: string;
}

async function begin(
  context: UseCaseContext,
  user: User,
  request: Beginning,
): Promise<{ id: string; next: NextStep }> {
  const { bankId, provider } = request;
  const identity = identityFor(provider, request.customer ?? { name: user.name });
  const { connection, state } = await writeDown(context, user, request);
  const { id } = connection;
  const consent = {
    bankId,
    state,
    redirectUri: context.bankCallbackUrlAt(provider.id),
    customer: { ...identity, id: user.id },
    locale: request.locale,
    secrets: secretStateOf(context, { kind: 'consent', id }),
  };
  const ais = accountInformation(provider);
  const started = await onBehalfOf(user.id, () => ais.startConsent(consent, request.access));
  const { reference } = started;
  const next = assertedSafeStep(context, provider, started.next);
  await keepNextStep(context.store.database, id, { next, reference, at: context.clock.now() });
  if (next.kind !== 'none') return { id, next };
  const begun = { ...connection, consentReference: reference };
  return {
    id,
    next: await continueConnection(context, user, { connection: begun, access: request.access }),
  };
}

async function writeDown(
  context: UseCaseContext,
  user: User,
  { provider, bankId, renews }: Beginning,
): Promise<{ connection: BankConnection; state: string }> {
  const bank = (await accountInformation(provider).listBanks()).find((candidate) => candidate.id === bankId);
  if (!bank) throw new DropError('bank_unknown', { message: `no such bank at ${provider.id}` });
  const state = context.entropy.token();
  const connection = await insertConnection(context.store.database, {
    id: context.entropy.uuid(),
    userId: user.id,
    provider: provider.id,
    bankId: bank.id,
    bankName: bank.name,
    paymentBankId: bank.paymentBankId,
    paymentRules: bank.paymentRules,
    readThrough: provider.intermediary,
    renews,
    state,
    createdAt: context.clock.now(),
  });
  return { connection, state };
}
