import type { z } from 'zod';
import { addressUnder } from '#domain/address.ts';
import { DropError } from '#domain/errors.ts';
import { asBankFault } from '#services/open-banking/faults.ts';
import { faultyFields, type ListReader } from '#services/listed-items.ts';
import type { Outbound, OutboundCall, RawResponse } from '#outbound/outbound.ts';
import type { PaymentKey } from '#services/open-banking/service.ts';
import { judgement, refusal } from './errors.ts';
import type { PaymentBody } from './payment-body.ts';
import type { TokenSource } from './token.ts';
import {
  accountDetailsSchema,
  aspspsSchema,
  authorizeSessionSchema,
  balancesSchema,
  createPaymentSchema,
  paymentSchema,
  sessionSchema,
  startAuthorizationSchema,
  successSchema,
  transactionsSchema,
  type AccountDetails,
  type Aspsp,
  type AuthorizedSession,
  type CreatedPayment,
  type ReportedBalances,
  type Session,
  type WirePayment,
  type WireTransactions,
} from './wire.ts';

/** The provider asks the bank while the caller waits. */
export const bankTimeoutMs = 30_000;

export interface AuthorizationBody {
  access: { valid_until: string; balances: boolean; transactions: boolean };
  aspsp: { name: string; country: string };
  state: string;
  redirect_url: string;
  psu_type: 'personal';
  language: string;
  psu_id: string;
}

/** The calls that Drop makes, wire types in and out. All of them throw `DropError` as `errors.ts` says. */
export interface EnableBankingApi {
  listAspsps(country: string, service: 'AIS' | 'PIS'): Promise<Aspsp[]>;
  startAuthorization(body: AuthorizationBody): Promise<{ url: string }>;
  authorizeSession(code: string, bankId?: string): Promise<AuthorizedSession>;
  getSession(sessionId: string): Promise<Session>;
  deleteSession(sessionId: string, bankId?: string): Promise<void>;
  getAccountDetails(uid: string, options: AccountRead): Promise<AccountDetails>;
  getBalances(uid: string, options: AccountRead): Promise<ReportedBalances>;
  /** One page. */
  getTransactions(uid: string, query: TransactionQuery, options: AccountRead): Promise<WireTransactions>;
  createPayment(body: PaymentBody): Promise<CreatedPayment>;
  getPayment(payment: PaymentKey): Promise<WirePayment>;
}

/** Without PSU headers it spends one of the four unattended reads of the day, so it is then not repeated. */
export interface AccountRead {
  bankId: string;
  psuHeaders: Record<string, string>;
}

/** The days from and until, and where the pages go on. */
interface TransactionQuery {
  from: string;
  to: string;
  continuationKey: string | undefined;
}

interface ApiCall extends Pick<
  OutboundCall,
  'method' | 'repeatable' | 'timeoutMs' | 'scope' | 'outlivesItsCause'
> {
  operation: string;
  path: string;
  headers?: Record<string, string>;
  json?: unknown;
}

export function createApi(options: {
  apiUrl: string;
  outbound: Outbound;
  token: TokenSource;
  readLists: ListReader;
}): EnableBankingApi {
  const send = async (call: ApiCall): Promise<RawResponse> => sendCall(options, call);
  const judge = <Schema extends z.ZodType>(response: RawResponse, schema: Schema, operation: string) =>
    options.readLists(qualified(operation), () => judgeAnswer(response, schema, operation));

  return {
    async listAspsps(country, service) {
      const query = new URLSearchParams({ country, psu_type: 'personal', service }).toString();
      const call = { operation: 'list_aspsps', method: 'GET', path: `/aspsps?${query}` } as const;
      return judge(await send({ ...call, repeatable: true }), aspspsSchema, call.operation);
    },
    async startAuthorization(body) {
      // Begun twice, one of the two is never visited and runs out: it may be repeated.
      const call = { operation: 'start_authorization', method: 'POST', path: '/auth', json: body } as const;
      const response = await send({ ...call, scope: body.aspsp.name, repeatable: true });
      return judge(response, startAuthorizationSchema, call.operation);
    },
    async authorizeSession(code, bankId) {
      const call = { operation: 'authorize_session', method: 'POST', path: '/sessions' } as const;
      const bound = { ...scopeOf(bankId), repeatable: false, timeoutMs: bankTimeoutMs };
      const response = await send({ ...call, ...bound, json: { code } });
      return judge(response, authorizeSessionSchema, call.operation);
    },
    async getSession(sessionId) {
      const path = `/sessions/${encodeURIComponent(sessionId)}`;
      const call = { operation: 'get_session', method: 'GET', path } as const;
      return judge(await send({ ...call, repeatable: true }), sessionSchema, call.operation);
    },
    async deleteSession(sessionId, bankId) {
      const path = `/sessions/${encodeURIComponent(sessionId)}`;
      const call = { operation: 'delete_session', method: 'DELETE', path } as const;
      // The session is ended even where the request that asks for it has no time left.
      const bound = { ...scopeOf(bankId), repeatable: true, outlivesItsCause: true };
      const response = await send({ ...call, ...bound });
      // A page of a gateway in between does not confirm the end of a consent.
      if (response.body.byteLength > 0) judge(response, successSchema, call.operation);
      else judgeStatus(response, call.operation);
    },
    async getAccountDetails(uid, read) {
      const call = accountCall('get_account_details', `${encodeURIComponent(uid)}/details`, read);
      const { uid: named, ...details } = judge(await send(call), accountDetailsSchema, call.operation);
      if (named === null || named === undefined || named === uid) return details;
      throw notAsDocumented(call.operation, 200, 'uid: of another account');
    },
    async getBalances(uid, read) {
      const call = accountCall('get_balances', `${encodeURIComponent(uid)}/balances`, read);
      return judge(await send(call), balancesSchema, call.operation);
    },
    async getTransactions(uid, query, read) {
      const path = `${encodeURIComponent(uid)}/transactions?${transactionQuery(query)}`;
      const call = accountCall('get_transactions', path, read);
      return judge(await send(call), transactionsSchema, call.operation);
    },
    async createPayment(body) {
      const call = { operation: 'create_payment', method: 'POST', path: '/payments', json: body } as const;
      const scope = body.aspsp.name;
      const response = await send({ ...call, scope, repeatable: false, timeoutMs: bankTimeoutMs });
      return judge(response, createPaymentSchema, call.operation);
    },
    async getPayment({ reference, bankId }) {
      const path = `/payments/${encodeURIComponent(reference)}`;
      const call = { operation: 'get_payment', method: 'GET', path } as const;
      const bound = { ...scopeOf(bankId), repeatable: true, timeoutMs: bankTimeoutMs };
      const response = await send({ ...call, ...bound });
      return judge(response, paymentSchema, call.operation);
    },
  };
}

function transactionQuery({ from, to, continuationKey }: TransactionQuery): string {
  const query = new URLSearchParams({ date_from: from, date_to: to });
  if (continuationKey !== undefined) query.set('continuation_key', continuationKey);
  return query.toString();
}

function accountCall(operation: string, path: string, { bankId, psuHeaders }: AccountRead): ApiCall {
  const repeatable = Object.keys(psuHeaders).length > 0;
  const call = { operation, path: `/accounts/${path}`, headers: psuHeaders, scope: bankId };
  return { ...call, method: 'GET', repeatable, timeoutMs: bankTimeoutMs };
}

/** The bank that a call is about, where the caller knows it. */
function scopeOf(bankId: string | undefined): { scope?: string } {
  return bankId === undefined ? {} : { scope: bankId };
}

async function sendCall(
  { apiUrl, outbound, token }: { apiUrl: string; outbound: Outbound; token: TokenSource },
  { operation, path, headers, json, ...rest }: ApiCall,
): Promise<RawResponse> {
  const authorization = `Bearer ${await token()}`;
  const call: OutboundCall = {
    ...rest,
    operation: qualified(operation),
    judge: judgement,
    url: addressUnder(apiUrl, path),
    headers: {
      authorization,
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  };
  return outbound.send(call).catch((error: unknown) => {
    throw asBankFault(error);
  });
}

function judgeStatus(response: RawResponse, operation: string): void {
  if (response.status < 200 || response.status > 299) throw refusal(response, qualified(operation));
}

/** Judges an answer against what the OpenAPI promises of it. The fault names fields, never their values. */
function judgeAnswer<Schema extends z.ZodType>(
  response: RawResponse,
  schema: Schema,
  operation: string,
): z.output<Schema> {
  judgeStatus(response, operation);
  const parsed = schema.safeParse(response.json());
  if (parsed.success) return parsed.data;
  throw notAsDocumented(operation, response.status, faultyFields(parsed.error));
}

function notAsDocumented(operation: string, httpStatus: number, fields: string): DropError {
  return new DropError('provider_invalid_response', {
    message: `${qualified(operation)}: not as documented: ${fields}`,
    outcome: 'unknown',
    provider: 'enable-banking',
    operation: qualified(operation),
    httpStatus,
  });
}

const qualified = (operation: string): string => `enable-banking.${operation}`;
