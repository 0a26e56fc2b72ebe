import type { Move } from '#domain/routing/policy.ts';
import type { RoutingChange } from '#store/routing/changes.ts';
import type { ProviderUsage } from '#store/routing/usage.ts';
import { counted } from '#usecases/alerts/kind.ts';
import type { RoutingPlan } from '#usecases/operate/routing/plan.ts';
import type { RoutingStatus } from '#usecases/operate/routing/status.ts';
import { plain } from './plain.ts';

const lines = (texts: readonly string[]): string => texts.map((text) => `${plain(text)}\n`).join('');

export function changeText({ version, kind, restores }: RoutingChange): string {
  const text = {
    apply: 'the policy is in force',
    rollback:
      restores === 0 ? 'the environment alone decides again' : `version ${restores} is in force again`,
    stop: 'the move is stopped',
    resume: 'the move takes customers again',
  }[kind];
  return lines([`version ${version}: ${text}, from the next consent on`]);
}

export function planText(plan: RoutingPlan): string {
  const { version, changes, neverLinked, shifts } = plan;
  return lines([
    changes.length === 0 ? `Nothing changes from version ${version}.` : `From version ${version}:`,
    ...changes.map((change) => `  ${change}`),
    ...neverLinked.map((bank) => `No customer ever linked ${bank}: check how it is written.`),
    triedText(plan),
    ...shifts.map(
      ({ from, to, bank, payments, customers }) =>
        `  ${from} → ${to}  ${bank}: ${counted(payments, 'payment')} of ${counted(customers, 'customer')}`,
    ),
  ]);
}

function triedText({ simulatedPayments, stayingPayments }: RoutingPlan): string {
  if (simulatedPayments === 0) return 'It was tried on no past payment.';
  const tried = counted(simulatedPayments, 'payment');
  return `Tried on the newest ${tried}, as if each customer consented anew: ${stayingPayments} at the same provider.`;
}

export function statusText({ version, policy, changes, usage, banks }: RoutingStatus): string {
  return lines([
    policy ? `Version ${version} is in force.` : 'The environment alone decides: no policy is in force.',
    ...(policy ? [`  home       ${policy.home}`, ...policy.moves.map((move) => moveText(move, banks))] : []),
    'Still served:',
    ...(usage.length === 0 ? ['  nothing'] : usage.map(usageText)),
    'Changes, the newest first:',
    ...(changes.length === 0 ? ['  none'] : changes.map(historyText)),
  ]);
}

function moveText(move: Move, banks: Readonly<Record<string, string>>): string {
  const { to, whom, sharePercent, customers = [], exceptCustomers = [], stopped } = move;
  const parts = [
    `${sharePercent} % of ${whom === 'everyone' ? 'everyone' : 'new customers'}`,
    move.banks ? `at ${move.banks.map((key) => banks[key] ?? key).join(', ')}` : 'at every bank',
    ...(customers.length > 0 ? [`${counted(customers.length, 'customer')} by id`] : []),
    ...(exceptCustomers.length > 0 ? [`${counted(exceptCustomers.length, 'customer')} never`] : []),
    ...(stopped ? [`STOPPED since ${stopped.at}: ${stopped.reason}`] : []),
  ];
  return `  move to    ${to}: ${parts.join(', ')}`;
}

function usageText({
  provider,
  customers,
  activeConsents,
  pendingConsents,
  openPayments,
}: ProviderUsage): string {
  const consents = `${counted(activeConsents, 'consent')} of ${counted(customers, 'customer')}`;
  const open = `${pendingConsents} pending, ${counted(openPayments, 'open payment')}`;
  return `  ${provider.padEnd(16)} ${consents}, ${open}`;
}

function historyText({ version, kind, at, by, reason }: RoutingChange): string {
  return `  ${`${version}`.padStart(4)}  ${at.toISOString().slice(0, 19)}Z  ${kind.padEnd(8)}  ${by}: ${reason}`;
}
