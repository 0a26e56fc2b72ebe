import type { OpenTransaction } from '#store/database.ts';
import {
  lockSpike,
  recentTallies,
  takeOldTallies,
  writeSpike,
  writeTallies,
  type ErrorTally,
  type OpenSpike,
} from '#store/error-tallies.ts';
import { openAlert } from '#store/open-alerts.ts';
import { sumOf } from './error-counts.ts';
import type { AlertParameters } from './kinds.ts';
import type { SentAlert } from './known-alerts.ts';
import { raise, type AlertContext } from './raise.ts';
import { shownCauses } from './shown-causes.ts';
import {
  gatherTold,
  judgeErrors,
  readToldCauses,
  type JudgedErrors,
  type ToldCauses,
} from './told-causes.ts';

export const windowMs = 60_000;
/** This many are normal; one more is a spike. */
const errorsMax = 5;

/** The errors of one process to be judged together with those of the others. */
export interface WrittenErrors {
  processId: string;
  tallies: readonly ErrorTally[];
  /** Whether this process has alerted the operators of them from memory. */
  isTold: boolean;
  /** Other alerts that it sent from memory, which are stored first. */
  sent: readonly SentAlert[];
}

/** The result of judging errors. */
export interface JudgedSpike {
  /** Whether there is a spike. */
  isOpen: boolean;
  told: ToldCauses;
}

/**
 * Writes a process's errors, and decides whether a spike of all processes begins or ends; if so the operators are
 * alerted when the transaction commits. One process at a time decides. Errors whose cause an open alert tells are no
 * spike: they are added to that alert.
 */
export async function judgeSpike(
  context: AlertContext,
  transaction: OpenTransaction,
  written: WrittenErrors,
): Promise<JudgedSpike> {
  const windowStart = new Date(context.clock.now().getTime() - windowMs);
  const open = await lockSpike(transaction);
  await writeTallies(transaction, written.processId, written.tallies);
  for (const alert of written.sent) await openAlert(transaction, { ...alert, stage: 0 });
  const told = await readToldCauses(transaction);
  const old = judgeErrors(sumOf(await takeOldTallies(transaction, windowStart)), told);
  await gatherTold(transaction, old.told);
  const recent = judgeErrors(sumOf(await recentTallies(transaction, windowStart)), told);
  if (open) {
    const isOpen = await goOn(context, transaction, { past: withOld(open, old.untold), recent });
    return { isOpen, told };
  }
  const { untold } = recent;
  if (!isSpike(untold)) return { isOpen: false, told };
  await writeSpike(transaction, { ...nothing, since: untold.since });
  if (!written.isTold) await raise(context, 'error_spike', spikeParameters(untold), transaction);
  return { isOpen: true, told };
}

/** Whether the errors of 60 s are a spike. */
export function isSpike(recent: ErrorTally | undefined): recent is ErrorTally {
  return recent !== undefined && recent.errors > errorsMax;
}

/** What the alert says of the errors of the last 60 s. */
export function spikeParameters({ errors, causes, customers }: ErrorTally): AlertParameters<'error_spike'> {
  const seconds = windowMs / 1_000;
  return { errors, seconds, causes: shownCauses(causes), customers: customers.length };
}

const nothing = { lastAt: undefined, errors: 0, causes: [], customers: [] };

async function goOn(
  context: AlertContext,
  transaction: OpenTransaction,
  { past, recent: { untold, told } }: { past: OpenSpike; recent: JudgedErrors },
): Promise<boolean> {
  const isOpen = isSpike(untold);
  await writeSpike(transaction, isOpen ? past : undefined);
  const goesOn = told.map(({ alert: { key, subject } }) => ({ key, subject }));
  if (!isOpen) await raise(context, 'error_spike_over', { ...totalOf(past, untold), goesOn }, transaction);
  return isOpen;
}

/** The spike together with errors that leave the window. */
function withOld(open: OpenSpike, old: ErrorTally | undefined): OpenSpike {
  const lastAt = open.lastAt ?? open.since;
  return { ...open, ...sumOf([{ ...open, lastAt }, ...(old ? [old] : [])]), since: open.since };
}

function totalOf(past: OpenSpike, recent: ErrorTally | undefined): AlertParameters<'error_spike_over'> {
  const lastAt = past.lastAt ?? past.since;
  const total = sumOf([{ ...past, lastAt }, ...(recent ? [recent] : [])]) ?? { ...past, lastAt };
  const seconds = Math.max(1, Math.round((total.lastAt.getTime() - past.since.getTime()) / 1_000));
  const { errors, causes, customers } = total;
  return { errors, seconds, causes: shownCauses(causes), customers: customers.length };
}
