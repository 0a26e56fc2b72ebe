import { request } from 'undici';
import { redirectUrlOf } from '#domain/banking/next-step.ts';
import type { PaymentOrder } from '#domain/payment/order.ts';
import { neonomics } from '#services/open-banking/neonomics/provider.ts';
import type {
  AccountInformation,
  PaymentInitiation,
  PaymentKey,
  SteppedPayment,
} from '#services/open-banking/service.ts';
import { startEmulated, type EmulatedStack } from '../open-banking-stack.ts';
import {
  attended,
  capability,
  paymentBankIdAt,
  paymentKeyOf,
  paymentRequest,
} from '../open-banking-subjects.ts';

/** A payment that was begun. */
export interface Begun {
  started: SteppedPayment;
  key: PaymentKey;
}

/** Client and emulator of this provider together, for what is peculiar to it; the rest is in the shared suite. */
export class NeonomicsWorld {
  readonly stack: EmulatedStack;
  readonly ais: AccountInformation;
  readonly pis: PaymentInitiation;

  constructor(stack: EmulatedStack) {
    this.stack = stack;
    this.ais = capability(stack.provider.ais);
    this.pis = capability(stack.provider.pis);
  }

  static async start(): Promise<NeonomicsWorld> {
    return new NeonomicsWorld(await startEmulated(neonomics));
  }

  close(): Promise<void> {
    return this.stack.close();
  }

  /** How often an operation went out. */
  sends(operation: string): number {
    return this.stack.attempts.filter((attempt) => attempt.operation === `neonomics.${operation}`).length;
  }

  async initiate(bankName: string, order: Partial<PaymentOrder> = {}): Promise<Begun> {
    const bankId = await paymentBankIdAt(this.ais, bankName);
    const asked = paymentRequest(bankId, order, this.stack.webhookUrl);
    const started = await this.pis.initiatePayment(asked, attended);
    return { started, key: paymentKeyOf(asked, started.reference) };
  }

  /** Answers at the bank, and goes on as the customer who came back. */
  async answer({ started, key }: Begun, choice: string): Promise<SteppedPayment> {
    const parameters = await this.stack.visit(redirectUrlOf(started.next), choice);
    return capability(this.pis.continuePayment)({ parameters, payment: key }, attended);
  }

  /** Calls the emulator as another client would. */
  async call(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    options: { json?: object; form?: Record<string, string>; headers?: Record<string, string> } = {},
  ): Promise<{ status: number; body: Record<string, unknown> }> {
    const { json, form, headers } = options;
    const body = json === undefined ? form && new URLSearchParams(form).toString() : JSON.stringify(json);
    const type = form === undefined ? 'application/json' : 'application/x-www-form-urlencoded';
    const answer = await request(`${this.stack.origin}${path}`, {
      method,
      headers: { 'content-type': type, ...headers },
      body: body ?? null,
    });
    const text = await answer.body.text();
    const parsed = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
    return { status: answer.statusCode, body: parsed };
  }

  async token(): Promise<string> {
    const { OPENBANKING_CLIENT_ID: id = '', OPENBANKING_CLIENT_SECRET: secret = '' } = this.stack.environment;
    const form = { grant_type: 'client_credentials', client_id: id, client_secret: secret };
    const { body } = await this.call('POST', tokenPath, { form });
    return String(body['access_token']);
  }
}

export const tokenPath = '/auth/realms/sandbox/protocol/openid-connect/token';
