import type { PaymentHistory } from '#domain/payment/history.ts';
import { validateLedger } from '#domain/payment/validate-ledger.ts';
import { readHistories } from '#store/payment-histories.ts';
import { trustedKeys } from '#usecases/audit/context.ts';
import { verifyAudit } from '#usecases/audit/verify.ts';
import type { DropNode } from './node.ts';
import type { World } from './world.ts';

/** What of a finished run breaks a law: in the ledger, the banks' books, the messages, or the audit trail. */
export async function judge(world: World, { context }: DropNode): Promise<string[]> {
  const payments = await historiesOf(context);
  const found = validateLedger({ payments, books: world.bank.books() }, { isOver: true });
  const trust = { keys: trustedKeys(context.audit), files: undefined };
  const trail = await verifyAudit({ database: context.store.database, clock: context.clock, trust });
  return [
    ...found.map(({ fault, payment, detail }) => [fault, payment, detail].filter(Boolean).join(' ')),
    // A day's root is the work of a job that is not simulated.
    ...trail.findings
      .filter(({ fault }) => !fault.startsWith('root'))
      .map(({ fault, payment }) => `audit ${fault} ${payment ?? ''}`),
  ];
}

async function historiesOf({ store }: DropNode['context']): Promise<PaymentHistory[]> {
  const rows = await store.database.selectFrom('transactions').select('id').execute();
  const histories = await readHistories(
    store.database,
    rows.map(({ id }) => id),
  );
  const messages = await store.database
    .selectFrom('outbox')
    .select(['code', 'parameters'])
    .where('channel', '=', 'app')
    .execute();
  return [...histories.values()].map((history) => ({
    ...history,
    told: messages.filter(({ parameters }) => parameters['paymentId'] === history.id).map(({ code }) => code),
  }));
}
