import type { AlertVerdict } from '#services/slack/service.ts';
import {
  holdDelivery,
  releaseDelivery,
  takeDelivery,
  type ChannelState,
} from '#store/outbox/alert-delivery.ts';
import { mergeRepetitions, openRepetitions, settleAlerts, waitingAlerts } from '#store/outbox/alerts.ts';
import { alertRanks, mergeAlerts, raisedAlert, type MergedAlert } from './merge-alerts.ts';
import { planDelivery } from './plan-delivery.ts';
import type { AlertContext } from './raise.ts';
import { giveToStandIn, standInMsMax, type StandIn } from './stand-in.ts';

/** What the delivery of alerts stands on. */
export interface DeliveryContext extends AlertContext, StandIn {
  /** Which process delivers. */
  holder: string;
  /** Told of each attempt and of each alert that found its end: `slack`, `mail`, `log` or `failed`. */
  onResult(result: AlertResult): void;
}

export type AlertResult = 'slack' | 'mail' | 'log' | 'failed';

/** Slack's documented rate is one message a second. */
const paceMs = 1_000;
/** Identical alerts within this time after one was sent are sent as one at its end. */
const repetitionMs = 60_000;
const firstRetryMs = 2_000;
const retryMsMax = 15_000;
/** How long the channel is left alone at most, whatever it asks for. */
const pauseMsMax = 3_600_000;
/** How long a channel is left alone that refuses until an operator acts. */
const refusedMs = 60_000;
/** Longer than an attempt at Slack, with the statements around it. */
const attemptMsMax = 15_000;
/** The time between two mails, so that many alerts make few mails; and after a mail that was not accepted. */
const mailPaceMs = 10_000;
const mailRetryMs = 60_000;
const readMax = 200;
const elsewhereMs = 1_000;

interface Delivery {
  context: DeliveryContext;
  state: ChannelState;
}

/**
 * Makes one attempt to deliver the alerts that wait, or finds that there is nothing to do now. Returns in how many
 * milliseconds there is. One process at a time delivers; if it dies, another one does within a minute. An alert whose
 * process dies between the channel's answer and the commit is sent again.
 *
 * @throws if the database does not answer.
 */
export async function deliverNext(context: DeliveryContext, isHurried: boolean): Promise<number> {
  const { store, clock, holder } = context;
  const { database } = store;
  const now = clock.now();
  const taken = await takeDelivery(database, { holder, now, holdMs: attemptMsMax, holdMsMax: standInMsMax });
  if (!taken) return elsewhereMs;
  const state = believed(taken, now);
  const waiting = await waitingAlerts(database, { ranks: alertRanks, limit: readMax });
  const alerts = mergeAlerts(waiting, await openRepetitions(database, now), context.runbookUrl);
  const plan = planDelivery(alerts, state, { now, isHurried });
  switch (plan.kind) {
    case 'wait':
      await releaseDelivery(database, { holder, now });
      return plan.untilMs - now.getTime();
    case 'attempt':
      await attempt({ context, state }, plan.merged);
      return 0;
    case 'stand_in':
      await standIn({ context, state }, plan.merged, { reason: state.lastFailure ?? '' });
      return 0;
  }
}

/** The state without times that no process sets: they are from a clock that was ahead. */
function believed(state: ChannelState, now: Date): ChannelState {
  const within = (moment: Date, msMax: number): Date =>
    moment.getTime() <= now.getTime() + msMax ? moment : now;
  return {
    ...state,
    slotAt: within(state.slotAt, paceMs),
    pausedUntil: within(state.pausedUntil, pauseMsMax),
    mailAt: within(state.mailAt, mailRetryMs),
  };
}

async function attempt({ context, state }: Delivery, merged: MergedAlert): Promise<void> {
  const began = context.clock.now();
  const verdict = await context.services.alerts.attempt(raisedAlert(merged, began));
  const slotAt = new Date(began.getTime() + paceMs);
  if (verdict.kind === 'delivered') return delivered({ context, state }, merged, slotAt);
  context.onResult('failed');
  if (verdict.kind === 'never' && verdict.isMessageAtFault)
    return standIn({ context, state }, [merged], { ...verdict, change: { slotAt } });
  await failed({ context, state }, verdict);
}

async function delivered(
  { context, state }: Delivery,
  { entries, fingerprint }: MergedAlert,
  slotAt: Date,
): Promise<void> {
  const { store, clock, holder, log } = context;
  const at = clock.now();
  const until = new Date(at.getTime() + repetitionMs);
  await store.database.transaction().execute(async (transaction) => {
    await settleAlerts(transaction, entries, { status: 'delivered', at });
    await mergeRepetitions(transaction, { fingerprint, until }, at);
    const works = { failures: 0, failingSince: undefined, lastFailure: undefined, isRefused: false };
    await releaseDelivery(transaction, { holder, now: at }, { slotAt, ...works });
  });
  context.onResult('slack');
  if (state.failingSince) log('info', 'Slack takes alerts again');
}

async function failed(
  { context, state }: Delivery,
  verdict: Exclude<AlertVerdict, { kind: 'delivered' }>,
): Promise<void> {
  const { store, clock, holder, log, mail } = context;
  const now = clock.now();
  const isRefused = verdict.kind === 'never';
  const retryMs = Math.min(firstRetryMs * 2 ** state.failures, retryMsMax);
  const askedMs = verdict.kind === 'never' ? refusedMs : (verdict.afterMs ?? retryMs);
  const pauseMs = Math.min(Math.max(askedMs, paceMs), pauseMsMax);
  const { reason } = verdict;
  if (isRefused && !state.isRefused) log('error', 'Slack refuses alerts', { reason, ...toldBy(mail) });
  else if (!state.failingSince) log('warn', 'Slack does not take alerts, which wait', { reason });
  await releaseDelivery(
    store.database,
    { holder, now },
    {
      pausedUntil: new Date(now.getTime() + pauseMs),
      failingSince: state.failingSince ?? now,
      failures: state.failures + 1,
      lastFailure: reason,
      isRefused,
    },
  );
}

/** Each mail in Slack's place says why, so that the line of the log needs no alert of its own. */
function toldBy(mail: DeliveryContext['mail']): { alert?: 'by_mail' } {
  return mail ? { alert: 'by_mail' } : {};
}

/** Gives alerts to what takes the channel's place, and stores `change` with the outcome. */
async function standIn(
  { context, state }: Delivery,
  merged: readonly MergedAlert[],
  {
    reason,
    isMessageAtFault = false,
    change,
  }: { reason: string; isMessageAtFault?: boolean; change?: Partial<ChannelState> },
): Promise<void> {
  const { store, clock, holder } = context;
  await holdDelivery(store.database, { holder, now: clock.now(), holdMs: standInMsMax });
  const failure = { reason, isMessageAtFault, isRefused: state.isRefused };
  const { isMailed, outcomes } = await giveToStandIn(context, merged, failure);
  const now = clock.now();
  const mailAt = new Date(now.getTime() + (isMailed ? mailPaceMs : mailRetryMs));
  await store.database.transaction().execute(async (transaction) => {
    for (const { entries, ...outcome } of outcomes)
      await settleAlerts(transaction, entries, { ...outcome, at: now });
    await releaseDelivery(transaction, { holder, now }, { ...change, mailAt });
  });
  for (const { isLogged } of merged) if (isMailed || !isLogged) context.onResult(isMailed ? 'mail' : 'log');
}
