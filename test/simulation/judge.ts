import type { PaymentHistory } from '#domain/payment/history.ts';
import { validateLedger } from '#domain/payment/validate-ledger.ts';
import { trustedKeys } from '#usecases/audit/context.ts';
import { verifyAudit } from '#usecases/audit/verify.ts';
import { watchUnknownPayments } from '#usecases/watch/payments.ts';
import { historiesOf } from '../support/payment-histories.ts';
import type { DropNode } from './node.ts';
import type { World } from './world.ts';

/**
 * What of a finished run breaks a law: in the ledger, the banks' books, the messages, or the audit trail. Where a clock
 * was put forward, its process dates a claim after what the others wrote since, and the times do not tell whether an
 * order was sent again: the books do.
 */
export async function judge(
  world: World,
  { context }: DropNode,
  { clocksAgree }: { clocksAgree: boolean },
): Promise<string[]> {
  const counts = (fault: string): boolean => clocksAgree || fault !== 'sent_again';
  const payments = await historiesOf(context.store.database);
  const books = world.bank.books().map((each) => ({ ...each, reference: named(each.reference, payments) }));
  const rules = { quarantinesMs: quarantinesOf(context), ordersOnce: true };
  const found = validateLedger({ payments, books, rules }, { isOver: true });
  const trust = { keys: trustedKeys(context.audit), files: undefined };
  const trail = await verifyAudit({ database: context.store.database, clock: context.clock, trust });
  await watchUnknownPayments(context);
  const alerts = await context.store.database.selectFrom('open_alerts').select('key').execute();
  const isAlerted = alerts.some(({ key }) => key === 'payment_outcome_unknown');
  // Of what no bank ever says anything, the operators are told.
  const counted = found.filter(({ fault }) => counts(fault) && (fault !== 'left_unknown' || !isAlerted));
  return [
    ...(await mailsLeft(context)),
    ...counted.map(({ fault, payment, detail }) => [fault, payment, detail].filter(Boolean).join(' ')),
    // A day's root is the work of a job that is not simulated.
    ...trail.findings
      .filter(({ fault }) => counts(fault) && !fault.startsWith('root'))
      .map(({ fault, payment }) => `audit ${fault} ${payment ?? ''}`),
  ];
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
