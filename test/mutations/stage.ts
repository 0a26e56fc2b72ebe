import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { ManualClock, systemClock } from '#domain/clock.ts';
import type { PaymentFinding } from '#domain/payment/history.ts';
import type { LedgerRules } from '#domain/payment/validate-ledger-rules.ts';
import { validateLedger } from '#domain/payment/validate-ledger.ts';
import type { ReportedStatus } from '#domain/payment/status.ts';
import type { Store } from '#store/database.ts';
import { pay } from '#usecases/payments/pay.ts';
import { reconcileDuePayments } from '#usecases/payments/reconcile-due.ts';
import { reconcileHintedPayment } from '#usecases/payments/reconcile.ts';
import { applyReport } from '#usecases/payments/report.ts';
import { changeSettings } from '#usecases/settings/settings.ts';
import { contextOn, type TestContext } from '../support/context.ts';
import { historiesOf } from '../support/payment-histories.ts';
import { access, MadeUpBank } from '../usecases/banking/made-up-bank.ts';
import { linkedBank } from '../usecases/payments/linked-bank.ts';
import { reportOf, StagedBank, type Rules } from './staged-bank.ts';

/** A customer at a staged bank, on a real database. */
export interface Stage {
  context: TestContext;
  bank: StagedBank;
  /** Pays in kroner under a key. The customer goes on after an error. */
  pay(order?: { key?: string; kroner?: number }): Promise<void>;
  /** Has the bank tell that its payments changed. */
  hint(): Promise<void>;
  /** Lets time pass, and Drop read what is due. */
  pass(ms: number): Promise<void>;
  /** Reports `status` of every payment of the bank's, as one of several processes that read it at different times. */
  hear(status: ReportedStatus): Promise<void>;
  /** Has `acts` wait for the lock of one row until all of them do, so that each has read what it reads without it. */
  cross(table: 'users' | 'transactions', acts: readonly (() => Promise<void>)[]): Promise<void>;
  /** Holds Drop's ledger against the books, now. */
  look(isOver?: boolean): Promise<PaymentFinding[]>;
}

const dayLimitOere = 100_000;
const anyBank: Rules = { needsApproval: true, quarantineMs: 86_400_000, idempotentInitiation: false };

/** A stage with a new customer in `store`. */
export async function setStage(
  store: Store,
  { rules = {}, onEnd }: { rules?: Partial<Rules>; onEnd: (close: () => Promise<void>) => void },
): Promise<Stage> {
  const context = await contextOn(store, { clock: new ManualClock(), onEnd });
  const madeUp = await MadeUpBank.on(context);
  const { form } = await linkedBank(madeUp);
  const { user, provider } = madeUp;
  const bank = new StagedBank(provider.id);
  const pis = bank.pis({ ...anyBank, ...rules });
  const known: LedgerRules = {
    dayLimits: new Map([[user.id, dayLimitOere]]),
    quarantinesMs: new Map([[provider.id, pis.quarantineMs]]),
  };
  madeUp.provider = { ...provider, pis };
  await changeSettings(context, user.id, { dayLimit: { amount: dayLimitOere, currency: 'NOK' } });
  return {
    context,
    bank,
    async pay({ key = randomUUID(), kroner = 250 } = {}) {
      const amount = { amount: kroner * 100, currency: 'NOK' };
      const circumstances = { idempotencyKey: key, access, locale: 'nb', acceptsRepeat: true } as const;
      const paying = pay(context, user, { form: { ...form, amount }, circumstances });
      await untilDone(context.clock, paying);
    },
    async hint() {
      for (const { reference } of bank.books)
        await reconcileHintedPayment(context, { provider: provider.id, reference }).catch(() => undefined);
    },
    async pass(ms) {
      context.clock.advance(ms);
      await reconcileDuePayments(context);
    },
    async hear(status) {
      for (const each of bank.books) {
        const report = reportOf({ ...each, status });
        await applyReport(context, each.paymentId ?? '', { report, evidence: 'webhook' });
      }
    },
    async cross(table, acts) {
      const begun = await store.database.transaction().execute(async (transaction) => {
        const row = table === 'users' ? sql`id = ${user.id}` : sql`user_id = ${user.id}`;
        await sql`select from ${sql.table(table)} where ${row} for update`.execute(transaction);
        const acting: Promise<void>[] = [];
        for (const act of acts) {
          acting.push(act());
          // One after the other, so that they get the lock in their order.
          while ((await waiting(store)) < acting.length) await aMoment();
        }
        return { acting };
      });
      await Promise.all(begun.acting);
    },
    async look(isOver = false) {
      const payments = (await historiesOf(store.database)).filter(({ userId }) => userId === user.id);
      return validateLedger({ payments, books: bank.books, rules: known }, { isOver });
    },
  };
}

/** Waits for a request that itself waits for another one, and so for the clock. */
async function untilDone(clock: ManualClock, work: Promise<unknown>): Promise<void> {
  let isDone = false;
  const end = (): void => void (isDone = true);
  work.then(end, end);
  while (!isDone) {
    await aMoment();
    clock.advance(20);
  }
}

async function aMoment(): Promise<void> {
  await new Promise<void>((resolve) => systemClock.schedule(3, resolve, { keepsAlive: true }));
}

/** How many sessions wait for a lock. */
async function waiting({ database }: Store): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'
  `.execute(database);
  return rows[0]?.count ?? 0;
}
