import { sql, type RawBuilder } from 'kysely';
import type { ErasureStep } from '#domain/erasure.ts';
import type { KycStatus } from '#domain/kyc/verdict.ts';
import type { Queries } from './database.ts';
import type { EmailAddressStatus } from './tables/messages.ts';
import type { ClosedBy } from './privacy/closures.ts';

/** What a customer is searched by. */
export type CustomerKey = 'id' | 'provider_id' | 'account' | 'email' | 'name';

export interface CustomerRow {
  id: string;
  name: string;
  kycStatus: KycStatus;
  createdAt: Date;
  /** The verified address, or else the one that is not verified. */
  email: string | null;
}

const columns = sql`
  id, name, kyc_status as "kycStatus", created_at as "createdAt",
  (select address from email_addresses where user_id = users.id and status <> 'former' order by status desc limit 1)
    as email
`;

/** The customers whom `text` names, the newest first. */
export async function searchCustomers(
  queries: Queries,
  { key, text }: { key: CustomerKey; text: string },
  limit: number,
): Promise<CustomerRow[]> {
  const { rows } = await sql<CustomerRow>`
    select ${columns} from users where ${conditionOf[key](text)} order by created_at desc, id limit ${limit}
  `.execute(queries);
  return rows;
}

const conditionOf: Readonly<Record<CustomerKey, (text: string) => RawBuilder<boolean>>> = {
  id: (text) => sql`id = ${text}`,
  provider_id: (text) => sql`(bankid_subject = ${text}
    or id in (select user_id from kyc_applicants where applicant_id = ${text})
    or id in (select user_id from bank_connections where consent_reference = ${text})
    or id in (select user_id from transactions where payment_id = ${text}))`,
  account: (text) => sql`(id in (select user_id from bank_accounts where account_number = ${text})
    or id in (select user_id from transactions where debtor_account_number = ${text}))`,
  email: (text) => sql`id in (select user_id from email_addresses where lower(address) = lower(${text}))`,
  name: (text) => sql`strpos(lower(name), lower(${text})) > 0`,
};

/** The customer whom a webhook is about: of an applicant, or of a payment; undefined when there is none. */
export async function customerOfSubject(
  queries: Queries,
  { provider, subject }: { provider: string; subject: string },
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select user_id as id from kyc_applicants where applicant_id = ${subject}
    union all select user_id as id from transactions where provider = ${provider} and payment_id = ${subject}
    limit 1
  `.execute(queries);
  return rows[0]?.id;
}

/** What is kept of a customer, by the groups in which an operator reads it. */
export interface CustomerData {
  emails: { address: string; status: EmailAddressStatus; createdAt: Date }[];
  applicants: { applicantId: string; levelName: string; kycStatus: KycStatus; checkedAt: Date }[];
  consents: { id: string; provider: string; bankName: string; status: string; validUntil: Date | null }[];
  accounts: { id: string; accountNumber: string | null; currency: string; createdAt: Date }[];
  payments: { status: string; count: number; newestAt: Date }[];
  sessions: number;
  /** The closing of the account; null where it is open. */
  closing: Closing | null;
}

/** The closing of an account, which is over when the customer is gone. */
export interface Closing {
  askedAt: Date;
  askedBy: ClosedBy;
  stepsDone: ErasureStep[];
  attempts: number;
  /** When the steps that are left are tried again. */
  dueAt: Date;
}

const rowsMax = 100;

/** Reads what is kept of a customer, at most a hundred rows of each kind, the newest first. */
export async function readCustomerData(queries: Queries, userId: string, now: Date): Promise<CustomerData> {
  const { rows: emails } = await sql<CustomerData['emails'][number]>`
    select address, status, created_at as "createdAt" from email_addresses where user_id = ${userId}
    order by created_at desc limit ${rowsMax}
  `.execute(queries);
  const { rows: applicants } = await sql<CustomerData['applicants'][number]>`
    select applicant_id as "applicantId", level_name as "levelName", kyc_status as "kycStatus",
      checked_at as "checkedAt"
    from kyc_applicants where user_id = ${userId} order by checked_at desc limit ${rowsMax}
  `.execute(queries);
  const { rows: consents } = await sql<CustomerData['consents'][number]>`
    select id, provider, bank_name as "bankName", status, valid_until as "validUntil" from bank_connections
    where user_id = ${userId} order by created_at desc limit ${rowsMax}
  `.execute(queries);
  const { rows: accounts } = await sql<CustomerData['accounts'][number]>`
    select id, account_number as "accountNumber", currency, created_at as "createdAt" from bank_accounts
    where user_id = ${userId} order by created_at desc limit ${rowsMax}
  `.execute(queries);
  const { rows: payments } = await sql<CustomerData['payments'][number]>`
    select status, count(*)::integer as count, max(created_at) as "newestAt" from transactions
    where user_id = ${userId} group by status order by status
  `.execute(queries);
  const { rows: sessions } = await sql<{ count: number }>`
    select count(*)::integer as count from sessions where user_id = ${userId} and expires_at > ${now}
  `.execute(queries);
  const { rows: closings } = await sql<Closing>`
    select asked_at as "askedAt", asked_by as "askedBy", steps_done as "stepsDone", attempts, due_at as "dueAt"
    from account_closures where user_id = ${userId}
  `.execute(queries);
  const [counted, closing] = [sessions[0]?.count ?? 0, closings[0] ?? null];
  return { emails, applicants, consents, accounts, payments, sessions: counted, closing };
}
