import { recentFailures } from '#store/outbound-calls.ts';
import { openBreakers } from '#store/provider-breakers.ts';
import { paymentsUnderWay } from '#store/watched-payments.ts';
import type { UseCaseContext } from '../context.ts';
import { holdConditions, openCondition, type ConditionContext, type Found } from '../alerts/conditions.ts';
import { answeredWithin } from '../alerts/answered-within.ts';
import { KnownAlerts, type SentAlert } from '../alerts/known-alerts.ts';
import { sendFromMemory } from '../alerts/raise.ts';
import { bankSubject, tellingName } from '../alerts/told-causes.ts';

/** A provider that is not called, or a part of it such as a bank; `scope` is empty for all of it. */
export interface NotCalled {
  provider: string;
  scope: string;
}

const failuresMs = 600_000;

/** By then the calls that opened a breaker are recorded, which its alert counts. */
const callsRecordedMs = 2_000;

const answerMsMax = 2_000;

/**
 * Alerts the breakers of this process that have opened, a moment later. Neither waits nor throws. Without a database
 * the alert is sent from memory, unless `known` has it, and stored as soon as the database answers.
 */
export function alertOpenBreakers(
  context: UseCaseContext,
  known: KnownAlerts = new KnownAlerts(),
): (opened: NotCalled) => void {
  const { clock, log } = context;
  const report = (opened: NotCalled): void =>
    void answeredWithin(clock, answerMsMax, reportOpenBreaker(context, opened)).catch((error: unknown) => {
      log('warn', 'an open breaker is alerted from memory', { ...opened, error });
      reportFromMemory(context, known, opened);
    });
  return (opened) => {
    known.noteComing(tellingName(opened));
    clock.schedule(callsRecordedMs, () => report(opened));
  };
}

/** The calls that failed, and the payments under way, are in the database and not told. */
function reportFromMemory(context: UseCaseContext, known: KnownAlerts, { provider, scope }: NotCalled): void {
  if (known.isTold(tellingName({ provider, scope }))) return;
  const unread = { provider, codes: [], payments: 0, customers: 0 };
  const raisedAt = context.clock.now();
  const alert: SentAlert =
    scope === ''
      ? { key: 'provider_not_called', subject: provider, parameters: unread, raisedAt }
      : {
          key: 'bank_not_called',
          subject: bankSubject(provider, scope),
          parameters: { ...unread, bank: scope },
          raisedAt,
        };
  known.noteSent(alert);
  sendFromMemory(context, alert.key, alert.parameters);
}

/** Alerts that a breaker has opened. */
async function reportOpenBreaker(context: ConditionContext, notCalled: NotCalled): Promise<void> {
  if (notCalled.scope === '')
    await openCondition(context, 'provider_not_called', await providerCondition(context, notCalled));
  else await openCondition(context, 'bank_not_called', await bankCondition(context, notCalled));
}

/**
 * Alerts breakers that are open and of which the process that opened them could not tell, and tells when one has not
 * been open for a while.
 */
export async function watchBreakers(context: ConditionContext): Promise<void> {
  const providers: Found<'provider_not_called'>[] = [];
  const banks: Found<'bank_not_called'>[] = [];
  // One after the other: many banks fail together, and customers need the connections.
  for (const open of await openBreakers(context.store.database)) {
    if (open.scope === '') providers.push(await providerCondition(context, open));
    else banks.push(await bankCondition(context, open));
  }
  await holdConditions(context, 'provider_not_called', { found: providers });
  await holdConditions(context, 'bank_not_called', { found: banks });
}

async function providerCondition(
  context: ConditionContext,
  { provider }: NotCalled,
): Promise<Found<'provider_not_called'>> {
  const failures = await failuresOf(context, { provider, bankId: undefined });
  return { subject: provider, parameters: { provider, ...failures } };
}

async function bankCondition(
  context: ConditionContext,
  { provider, scope }: NotCalled,
): Promise<Found<'bank_not_called'>> {
  const failures = await failuresOf(context, { provider, bankId: scope });
  return { subject: bankSubject(provider, scope), parameters: { provider, bank: scope, ...failures } };
}

async function failuresOf(
  { store, clock }: ConditionContext,
  concerned: { provider: string; bankId: string | undefined },
) {
  const since = new Date(clock.now().getTime() - failuresMs);
  const codes = await recentFailures(store.database, concerned, since);
  return { codes, ...(await paymentsUnderWay(store.database, concerned)) };
}
