import { recentFailures } from '#store/outbound-calls.ts';
import { openBreakers } from '#store/provider-breakers.ts';
import { paymentsUnderWay } from '#store/watched-payments.ts';
import type { UseCaseContext } from '../context.ts';
import { holdConditions, openCondition, type ConditionContext, type Found } from '../alerts/conditions.ts';
import { bankSubject } from '../alerts/told-causes.ts';

/** A provider that is not called, or a part of it such as a bank; `scope` is empty for all of it. */
export interface NotCalled {
  provider: string;
  scope: string;
}

const failuresMs = 600_000;

/** By then the calls that opened a breaker are recorded, which its alert counts. */
const callsRecordedMs = 2_000;

/**
 * Alerts the breakers of this process that have opened, a moment later. Neither waits nor throws: without a database,
 * the job that watches breakers alerts them.
 */
export function alertOpenBreakers(context: UseCaseContext): (opened: NotCalled) => void {
  const report = (opened: NotCalled): void =>
    void reportOpenBreaker(context, opened).catch((error: unknown) =>
      context.log('warn', 'an open breaker was not alerted', { ...opened, error }),
    );
  return (opened) => void context.clock.schedule(callsRecordedMs, () => report(opened));
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
