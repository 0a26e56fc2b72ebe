import type { z } from 'zod';
import { addressUnder } from '#domain/address.ts';
import { DropError } from '#domain/errors.ts';
import type { Outbound, OutboundCall, RawResponse } from '#outbound/outbound.ts';
import type { PaymentKey } from '../service.ts';
import { asBankFault, judgement, refusal } from './errors.ts';
import type { PaymentBody } from './payment-body.ts';
import type { TokenSource } from './token.ts';
import {
  aspspsResponse,
  authorizeSessionResponse,
  balancesResponse,
  createPaymentResponse,
  paymentResponse,
  sessionResponse,
  startAuthorizationResponse,
  successResponse,
  type Aspsp,
  type AuthorizedSession,
  type CreatedPayment,
  type Session,
  type WireBalance,
  type WirePayment,
} from './wire.ts';

/** The provider asks the bank while the caller waits. */
const bankTimeoutMs = 30_000;

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
  authorizeSession(code: string): Promise<AuthorizedSession>;
  getSession(sessionId: string): Promise<Session>;
  deleteSession(sessionId: string): Promise<void>;
  /** Without PSU headers it spends one of the four unattended reads of the day, so it is then not repeated. */
  getBalances(
    uid: string,
    options: { bankId: string; psuHeaders: Record<string, string> },
  ): Promise<WireBalance[]>;
  createPayment(body: PaymentBody): Promise<CreatedPayment>;
  getPayment(payment: PaymentKey): Promise<WirePayment>;
}

interface ApiCall extends Pick<OutboundCall, 'method' | 'repeatable' | 'timeoutMs' | 'scope'> {
  operation: string;
  path: string;
  headers?: Record<string, string>;
  json?: unknown;
}

export function createApi(options: {
  apiUrl: string;
  outbound: Outbound;
  token: TokenSource;
}): EnableBankingApi {
  const send = async (call: ApiCall): Promise<RawResponse> => sendCall(options, call);

  return {
    async listAspsps(country, service) {
      const query = new URLSearchParams({ country, psu_type: 'personal', service }).toString();
      const call = { operation: 'list_aspsps', method: 'GET', path: `/aspsps?${query}` } as const;
      return judge(await send({ ...call, repeatable: true }), aspspsResponse, call.operation);
    },
    async startAuthorization(body) {
      // Begun twice, one of the two is never visited and runs out: it may be repeated.
      const call = { operation: 'start_authorization', method: 'POST', path: '/auth', json: body } as const;
      const response = await send({ ...call, scope: body.aspsp.name, repeatable: true });
      return judge(response, startAuthorizationResponse, call.operation);
    },
    async authorizeSession(code) {
      const call = {
        operation: 'authorize_session',
        method: 'POST',
        path: '/sessions',
        json: { code },
      } as const;
      const response = await send({ ...call, repeatable: false, timeoutMs: bankTimeoutMs });
      return judge(response, authorizeSessionResponse, call.operation);
    },
    async getSession(sessionId) {
      const path = `/sessions/${encodeURIComponent(sessionId)}`;
      const call = { operation: 'get_session', method: 'GET', path } as const;
      return judge(await send({ ...call, repeatable: true }), sessionResponse, call.operation);
    },
    async deleteSession(sessionId) {
      const path = `/sessions/${encodeURIComponent(sessionId)}`;
      const call = { operation: 'delete_session', method: 'DELETE', path } as const;
      const response = await send({ ...call, repeatable: true });
      // A consent that a page of some gateway says nothing about must not count as ended.
      if (response.body.byteLength > 0) judge(response, successResponse, call.operation);
      else judgeStatus(response, call.operation);
    },
    async getBalances(uid, { bankId, psuHeaders }) {
      const path = `/accounts/${encodeURIComponent(uid)}/balances`;
      const call = { operation: 'get_balances', method: 'GET', path, headers: psuHeaders } as const;
      const repeatable = Object.keys(psuHeaders).length > 0;
      const response = await send({ ...call, scope: bankId, repeatable, timeoutMs: bankTimeoutMs });
      return judge(response, balancesResponse, call.operation).balances;
    },
    async createPayment(body) {
      const call = { operation: 'create_payment', method: 'POST', path: '/payments', json: body } as const;
      const scope = body.aspsp.name;
      const response = await send({ ...call, scope, repeatable: false, timeoutMs: bankTimeoutMs });
      return judge(response, createPaymentResponse, call.operation);
    },
    async getPayment({ reference, bankId }) {
      const path = `/payments/${encodeURIComponent(reference)}`;
      const call = { operation: 'get_payment', method: 'GET', path } as const;
      const scope = bankId === undefined ? {} : { scope: bankId };
      const response = await send({ ...call, ...scope, repeatable: true, timeoutMs: bankTimeoutMs });
      return judge(response, paymentResponse, call.operation);
    },
  };
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
function judge<Schema extends z.ZodType>(
  response: RawResponse,
  schema: Schema,
  operation: string,
): z.output<Schema> {
  judgeStatus(response, operation);
  const parsed = schema.safeParse(response.json());
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
  throw new DropError('provider_invalid_response', {
    message: `${qualified(operation)}: not as documented: ${fields}`,
    outcome: 'unknown',
    provider: 'enable-banking',
    operation: qualified(operation),
    httpStatus: response.status,
  });
}

const qualified = (operation: string): string => `enable-banking.${operation}`;
