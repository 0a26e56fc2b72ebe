import type { ConsentStatus } from '#domain/banking/consent.ts';
import type { NextStep } from '#domain/banking/next-step.ts';
import { DropError } from '#domain/errors.ts';
import type { Locale } from '#domain/locale.ts';
import { concerns } from '#outbound/inherited-ids.ts';
import { onBehalfOf } from '#outbound/inherited-customer.ts';
import type { AttendedAccess } from '#services/open-banking/service.ts';
import {
  findConnection,
  findConnectionBy,
  insertConnection,
  keepNextStep,
  type BankConnection,
} from '#store/bank-connections.ts';
import type { User } from '#store/users.ts';
import type { UseCaseContext } from '../context.ts';
import { identityFor, type CustomerIdentity } from '../sign-in/customer-identity.ts';
import { assertVerified } from '../kyc/guard.ts';
import { stopAfterFault } from '../routing/stop-after-fault.ts';
import { routedBank, routedBanks, type RoutedBank } from '../routing/routed-banks.ts';
import { routedRenewal } from '../routing/routed-renewal.ts';
import { accountInformation } from './account-information.ts';
import { continueConnection } from './complete-connection.ts';
import { assertedSafeStep } from './safe-step.ts';
import { secretStateOf } from './secret-state.ts';

/** The banks that a customer can link now. With `renews`, the bank at which that consent can be renewed. */
export async function banksToLink(
  context: UseCaseContext,
  user: User,
  { renews }: { renews?: string | undefined } = {},
): Promise<RoutedBank[]> {
  return renews === undefined ? routedBanks(context, user.id) : [await bankToRenew(context, user, renews)];
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
  return begin(context, user, { ...request, routed: await routedBank(context, user.id, request.bankId) });
}

/**
 * Begins a consent that takes the place of another one at the same bank: at its provider, or where the routing policy
 * says. The former one stays in force until the new one is given, and is then ended.
 *
 * @throws {DropError} as `startConnection`; `not_found` where the customer has no such consent.
 */
export async function renewConnection(
  context: UseCaseContext,
  user: User,
  { id, ...request }: Omit<ConnectionRequest, 'bankId'> & { id: string },
): Promise<{ id: string; next: NextStep }> {
  assertVerified(user);
  return begin(context, user, { ...request, routed: await bankToRenew(context, user, id), renews: id });
}

const renewable: readonly ConsentStatus[] = ['active', 'expired', 'revoked'];

async function bankToRenew(context: UseCaseContext, user: User, id: string): Promise<RoutedBank> {
  const found = await findConnection(context.store.database, { id, userId: user.id });
  if (!found || !renewable.includes(found.status))
    throw new DropError('not_found', { message: 'no such consent' });
  const routed = await routedRenewal(context, found);
  if (routed.provider.id === found.provider) return routed;
  const movedFrom = context.services.openBanking.all().find((provider) => provider.id === found.provider);
  return { ...routed, movedFrom };
}

interface Beginning extends Omit<ConnectionRequest, 'bankId'> {
  routed: RoutedBank;
  renews?: string;
}

async function begin(
  context: UseCaseContext,
  user: User,
  request: Beginning,
): Promise<{ id: string; next: NextStep }> {
  const { provider } = request.routed;
  const identity = identityFor(provider, request.customer ?? { name: user.name });
  const { connection, state } = await writeDown(context, user, request);
  const { id, bankId } = connection;
  const consent = {
    bankId,
    state,
    redirectUri: context.bankCallbackUrlAt(provider.id),
    customer: { ...identity, id: user.id },
    locale: request.locale,
    secrets: secretStateOf(context, { kind: 'consent', id }),
  };
  const ais = accountInformation(provider);
  const started = await onBehalfOf(user.id, () => ais.startConsent(consent, request.access)).catch(
    async (fault: unknown) => {
      await stopAfterFault(context, provider.id, fault);
      throw fault;
    },
  );
  const { reference } = started;
  const next = assertedSafeStep(context, provider, started.next);
  if (reference !== undefined) await assertUnused(context, { provider: provider.id, reference });
  await keepNextStep(context.store.database, id, { next, reference, at: context.clock.now() });
  if (next.kind !== 'none') return { id, next };
  const begun = { ...connection, consentReference: reference };
  return {
    id,
    next: await continueConnection(context, user, { connection: begun, access: request.access }),
  };
}

/** Two consents under one reference could be read for each other. */
async function assertUnused(
  { store }: UseCaseContext,
  key: { provider: string; reference: string },
): Promise<void> {
  if ((await findConnectionBy(store.database, key)) === undefined) return;
  throw new DropError('provider_invalid_response', {
    message: "a consent was begun under another one's reference",
    outcome: 'unknown',
    provider: key.provider,
  });
}

async function writeDown(
  context: UseCaseContext,
  user: User,
  { routed: { provider, bank, key, routedBy }, renews }: Beginning,
): Promise<{ connection: BankConnection; state: string }> {
  const state = context.entropy.token();
  const connection = await insertConnection(context.store.database, {
    id: context.entropy.uuid(),
    userId: user.id,
    provider: provider.id,
    bankId: bank.id,
    bankName: bank.name,
    paymentBankId: bank.paymentBankId,
    paymentRules: bank.paymentRules,
    bankKey: key,
    routedBy,
    readThrough: provider.intermediary,
    renews,
    state,
    createdAt: context.clock.now(),
  });
  concerns({ connectionId: connection.id });
  return { connection, state };
}
