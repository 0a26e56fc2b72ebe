import type { PaymentFinding, PaymentHistory } from '#domain/payment/history.ts';
import { validateLedger } from '#domain/payment/validate-ledger.ts';
import { trustedKeys } from '#usecases/audit/context.ts';
import { verifyAudit } from '#usecases/audit/verify.ts';
import { watchUnknownPayments } from '#usecases/watch/payments.ts';
import { historiesOf } from '../support/payment-histories.ts';
import type { DropNode } from './node.ts';
import type { World } from './world.ts';

/**
 * The laws that a finished run breaks: in the ledger, the banks' books, the messages, or the audit trail. `aheadMs` is
 * how far clocks were put forward. A process with such a clock dates a claim after what the others wrote since, and
 * within that time only the books tell whether an order was sent again.
 */
export async function judge(
  world: World,
  { context }: DropNode,
  { aheadMs }: { aheadMs: number },
): Promise<string[]> {
  const payments = await historiesOf(context.store.database);
  const books = world.bank.books().map((each) => ({ ...each, reference: named(each.reference, payments) }));
  const rules = { quarantinesMs: quarantinesOf(context), ordersOnce: true };
  const found = validateLedger({ payments, books, rules }, { isOver: true });
  const trust = { keys: trustedKeys(context.audit), files: undefined, bucket: undefined };
  const trail = await verifyAudit({ database: context.store.database, clock: context.clock, trust });
  await watchUnknownPayments(context);
  const alerts = await context.store.database.selectFrom('open_alerts').select('key').execute();
  const isAlerted = alerts.some(({ key }) => key === 'payment_outcome_unknown');
  // Of what no bank ever says anything, the operators are told.
  const ofClocks = new Set(
    found.filter((each) => isOfClocks(each, payments, aheadMs)).map(({ payment }) => payment),
  );
  const counts = (fault: string, payment: string | undefined): boolean =>
    fault !== 'sent_again' || payment === undefined || !ofClocks.has(payment);
  const counted = found.filter(
    ({ fault, payment }) => counts(fault, payment) && (fault !== 'left_unknown' || !isAlerted),
  );
  return [
    ...(await mailsLeft(context)),
    ...counted.map(({ fault, payment, detail }) => [fault, payment, detail].filter(Boolean).join(' ')),
    // A day's root is the work of a job that is not simulated.
    ...trail.findings
      .filter(({ fault, payment }) => counts(fault, payment) && !fault.startsWith('root'))
      .map(({ fault, payment }) => `audit ${fault} ${payment ?? ''}`),
  ];
}

/** The first move before the claim is the earliest: the others are nearer to it. */
function isOfClocks(
  { fault, payment: id, event }: PaymentFinding,
  payments: readonly PaymentHistory[],
  aheadMs: number,
): boolean {
  const payment = payments.find((each) => each.id === id);
  const movedAt = payment?.events.find((each) => each.id === event)?.at;
  if (fault !== 'sent_again' || !payment?.initiatedAt || !movedAt) return false;
  return payment.initiatedAt.getTime() - movedAt.getTime() <= aheadMs;
}

/** Mails about payments that no process has sent. */
async function mailsLeft({ store }: DropNode['context']): Promise<string[]> {
  const waiting = await store.database
    .selectFrom('outbox')
    .select(['code', 'status'])
    .where('channel', '=', 'mail')
    .where('status', '!=', 'delivered')
    .execute();
  return waiting.map(({ code, status }) => `mail_left ${code} ${status}`);
}

/** A provider's reference can have more in it than the bank's own id. */
function named(id: string, payments: readonly PaymentHistory[]): string {
  return payments.find(({ reference }) => reference?.includes(id))?.reference ?? id;
}

function quarantinesOf({ services }: DropNode['context']): ReadonlyMap<string, number> {
  const providers = services.openBanking.all();
  return new Map(providers.flatMap(({ id, pis }) => (pis ? [[id, pis.quarantineMs] as const] : [])));
}
