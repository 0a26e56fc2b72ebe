import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { onTestFinished } from 'vitest';
import type { RecordedCall } from '#domain/recorded-call.ts';
import type { Database } from '#store/database.ts';
import { recordCalls } from '#store/outbound-calls.ts';
import { rootDirectory, type RootFiles } from '#store/audit/root-files.ts';
import { rootBucket, trustedKeys } from '#usecases/audit/context.ts';
import { sealDays } from '#usecases/audit/seal-days.ts';
import { verifyAudit, type AuditReport, type AuditScope } from '#usecases/audit/verify.ts';
import { pay } from '#usecases/payments/pay.ts';
import { applyReport } from '#usecases/payments/report.ts';
import { access, report, type MadeUpBank } from '../banking/made-up-bank.ts';
import { linkedBank } from '../payments/linked-bank.ts';

export const dayMs = 86_400_000;

/** A customer with a bank, whose acts leave a trail, and a directory for the roots. */
export interface Trail {
  bank: MadeUpBank;
  files: RootFiles;
  directory: string;
  /** Pays once, up to the given status. Returns the id. */
  pay(status?: 'awaiting_authorisation' | 'rejected' | 'settled'): Promise<string>;
  /** Records calls to a provider. */
  call(count: number): Promise<void>;
  /** Goes on to another day, early in the morning, and signs the days that are over. */
  nextDay(): Promise<void>;
  verify(scope?: AuditScope): Promise<AuditReport>;
  /** The faults that are found, each once, in the order of the alphabet. */
  faults(scope?: AuditScope): Promise<string[]>;
  /** Changes the database as its owner can, with every trigger switched off. */
  tamper(statement: string): Promise<void>;
  /** Keeps the tables as they are; what it returns puts them back. */
  keep(): Promise<() => Promise<void>>;
}

export async function auditedTrail(): Promise<Trail> {
  const { bank, form } = await linkedBank();
  const { context, user } = bank;
  const directory = await mkdtemp(join(tmpdir(), 'drop-audit-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const files = rootDirectory(directory);
  context.audit = { ...context.audit, files };
  const { database } = context.store;
  let references = 0;
  const verify = (scope?: AuditScope): Promise<AuditReport> => {
    const trust = { keys: trustedKeys(context.audit), files, bucket: rootBucket(context.services.files) };
    return verifyAudit({ database, clock: context.clock, trust }, scope);
  };
  return {
    bank,
    files,
    directory,
    verify,
    async pay(status = 'settled') {
      const reference = `payment-${(references += 1)}`;
      bank.provider.pis.initiatePayment = async () => report({ reference });
      const circumstances = {
        idempotencyKey: randomUUID(),
        access,
        locale: 'nb',
        acceptsRepeat: true,
      } as const;
      const { id } = await pay(context, user, { form, circumstances });
      if (status !== 'awaiting_authorisation')
        await applyReport(context, id, { report: report({ reference, status }), evidence: 'webhook' });
      return id;
    },
    async call(count) {
      const at = context.clock.now();
      await recordCalls(
        database,
        Array.from({ length: count }, (_, index) => callAt(at, index)),
        {
          at,
          salt: context.entropy.token(),
        },
      );
    },
    async nextDay() {
      const morning = Math.ceil((context.clock.now().getTime() + 1) / dayMs) * dayMs + 4 * 3_600_000;
      context.clock.advance(morning - context.clock.now().getTime());
      await sealDays(context, new AbortController().signal);
    },
    async faults(scope) {
      const { findings } = await verify(scope);
      return [...new Set(findings.map(({ fault }) => fault))].sort();
    },
    tamper: (statement) => tamper(database, statement),
    async keep() {
      await tamper(
        database,
        ['create schema kept', ...tables.map((table) => `create table kept.${table} as table ${table}`)].join(
          ';',
        ),
      );
      const back = (table: string): string =>
        `delete from ${table}; insert into ${table} overriding system value select * from kept.${table}`;
      return () => tamper(database, tables.map(back).join(';'));
    },
  };
}

const tables = [
  ...['audit_entries', 'audit_days', 'audit_roots'],
  ...['transactions', 'transaction_events', 'outbox', 'outbound_calls'],
];

async function tamper(database: Database, statement: string): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await sql`set local session_replication_role = replica`.execute(transaction);
    await sql.raw(statement).execute(transaction);
  });
}

function callAt(at: Date, index: number): RecordedCall {
  return {
    provider: 'bank',
    operation: 'payment',
    attempt: 1,
    method: 'GET',
    origin: 'https://bank.example',
    status: 200,
    errorCode: null,
    failure: null,
    providerCode: null,
    providerRequestId: `request-${index}`,
    durationMs: 12.5,
    request: { b: 1, a: [null, 'x'] },
    response: { status: 'ACSC' },
    traceparent: null,
    requestId: null,
    userId: null,
    paymentId: null,
    bankId: null,
    startedAt: at.toISOString(),
  };
}
