import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { enableBanking } from '#services/open-banking/enable-banking/provider.ts';
import { createRouting } from '#services/open-banking/routing.ts';
import type { Alert } from '#domain/alert-text.ts';
import { listAccounts, type BankAccount } from '#store/bank-accounts.ts';
import { findPayment, type Payment } from '#store/payments.ts';
import type { User } from '#store/users.ts';
import { ManualClock, systemClock } from '#domain/clock.ts';
import { moneyMoved } from '#domain/payment/status.ts';
import { reconcileDuePayments } from '#usecases/payments/reconcile-due.ts';
import { reconcileHintedPayment } from '#usecases/payments/reconcile.ts';
import { startConnection } from '#usecases/banking/link-bank.ts';
import { approvalLink } from '#usecases/payments/approval-link.ts';
import { pay, type PaymentForm } from '#usecases/payments/pay.ts';
import { returnFromBank } from '#usecases/banking/return-from-bank.ts';
import { raisedAlerts } from '../../../support/alerts.ts';
import { startEmulated, type EmulatedStack } from '../../../conformance/open-banking-stack.ts';
import { customer, testContext, type TestContext } from '../../../support/context.ts';
import { listenOnLoopback } from '../../../support/loopback.ts';
import { redirectUrlOf } from '#domain/banking/next-step.ts';

export const access = { kind: 'attended', ipAddress: '192.0.2.7', userAgent: 'test' } as const;

/** A provider's answer on its way: what it says, which a lie replaces. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  /** Parsed; undefined when there is no body. */
  json: unknown;
}

/** Tells a lie about one request, or undefined for the truth, maybe later. `null`: the answer is lost. */
export type Lie = (
  request: { method: string; path: string },
  truth: Answer,
) => Partial<Answer> | null | undefined | Promise<Partial<Answer> | undefined>;

/** Drop's use cases and the production client, with a server in between that falsifies the provider's answers. */
export class LyingBank {
  readonly context: TestContext;
  readonly stack: EmulatedStack;
  readonly requests: string[] = [];
  user!: User;
  accountId = '';
  #lie: Lie = () => undefined;

  private constructor(context: TestContext, stack: EmulatedStack) {
    this.context = context;
    this.stack = stack;
  }

  static async start(): Promise<LyingBank> {
    // Deadlines of calls run by the system's clock.
    const clock = new ManualClock(systemClock.now());
    const context = await testContext(clock);
    const stack = await startEmulated(enableBanking, clock);
    const bank = new LyingBank(context, stack);
    const between = await listenOnLoopback(0);
    onTestFinished(() => between.close());
    onTestFinished(() => stack.close());
    between.handle((incoming) => bank.#pass(incoming));
    const provider = stack.createClient({ ENABLE_BANKING_API_URL: between.origin });
    context.services.openBanking = createRouting([provider], provider.id);
    context.bankCallbackUrlAt = () => 'http://localhost:1/api/openbanking/callback';
    context.baseUrl = new URL(stack.webhookUrl).origin;
    bank.user = await customer(context);
    bank.accountId = await bank.link('DNB');
    return bank;
  }

  /** The alerts that were raised. */
  alerts(): Promise<Alert[]> {
    return raisedAlerts(this.context);
  }

  /** From now on. */
  lie(lie: Lie): void {
    this.#lie = lie;
  }

  async #pass(incoming: Request): Promise<Response> {
    const { pathname, search } = new URL(incoming.url);
    const request = { method: incoming.method, path: pathname };
    this.requests.push(`${request.method} ${pathname}`);
    const headers = new Headers(incoming.headers);
    for (const name of ['host', 'connection', 'content-length', 'transfer-encoding']) headers.delete(name);
    const body = incoming.method === 'POST' ? await incoming.text() : null;
    const sent = await fetch(`${this.stack.origin}${pathname}${search}`, {
      method: incoming.method,
      headers,
      body,
    });
    const text = await sent.text();
    const truth: Answer = {
      status: sent.status,
      headers: {},
      json: text === '' ? undefined : JSON.parse(text),
    };
    const lie = await this.#lie(request, truth);
    // As by something in between that lost the answer.
    if (lie === null) return new Response('gone', { status: 504 });
    const { status, headers: extra, json } = { ...truth, ...lie };
    return new Response(json === undefined ? null : JSON.stringify(json), {
      status,
      headers: { 'content-type': 'application/json', ...extra },
    });
  }

  /** Links a bank; returns the id of the customer's account there. */
  async link(bankId: string): Promise<string> {
    const { context, user, stack } = this;
    const { next } = await startConnection(context, user, { bankId, access, locale: 'nb' });
    const parameters = await stack.visit(redirectUrlOf(next), 'approve');
    await returnFromBank(context, user, { parameters, access });
    const accounts = await listAccounts(context.store.database, user.id, context.clock.now());
    const isWanted = (account: BankAccount): boolean =>
      account.bankId === bankId && account.accountNumber === '12345678903';
    return accounts.find(isWanted)?.id ?? '';
  }

  form(change: Partial<PaymentForm> = {}): PaymentForm {
    return {
      accountId: this.accountId,
      amount: { amount: 25_000, currency: 'NOK' },
      creditor: { name: 'Strømselskapet AS', accountNumber: '15032080178' },
      kid: '2345676',
      text: undefined,
      ...change,
    };
  }

  async pay(change: Partial<PaymentForm> = {}, idempotencyKey: string = randomUUID()): Promise<Payment> {
    const circumstances = { idempotencyKey, access, locale: 'nb', acceptsRepeat: true } as const;
    return pay(this.context, this.user, { form: this.form(change), circumstances });
  }

  /** A payment that the customer has approved at the bank, without Drop having learned of the approval. */
  async approved(change: Partial<PaymentForm> = {}): Promise<Payment> {
    const payment = await this.pay(change);
    await this.stack.visit(this.linkOf(payment), 'approve');
    return payment;
  }

  /** Where the customer approves. */
  linkOf(payment: Payment): string | undefined {
    return approvalLink(this.context, payment);
  }

  /** Lets the bank carry out what was approved, and Drop ask. */
  async settle(): Promise<void> {
    await this.stack.pass(5_000);
    await this.ask();
  }

  /** Lets so much time pass that Drop asks about every open payment. */
  async ask(afterMs = 60_000): Promise<void> {
    this.context.clock.advance(afterMs);
    await reconcileDuePayments(this.context);
  }

  /** Acts on every webhook that has come so far, as the inbox would; returns what each came to. */
  async handleWebhooks(): Promise<string[]> {
    const hints = this.stack.hints.splice(0);
    const outcomes: string[] = [];
    for (const hint of hints)
      outcomes.push(
        await reconcileHintedPayment(this.context, hint).then(
          () => 'handled',
          (error: unknown) => String(error),
        ),
      );
    return outcomes;
  }

  async find({ id }: Pick<Payment, 'id'>): Promise<Payment | undefined> {
    return findPayment(this.context.store.database, { id });
  }

  /** The status and the answer to "has money moved?" that the customer reads. */
  async told(payment: Pick<Payment, 'id'>): Promise<{ status: string | undefined; moneyMoved: string }> {
    const found = await this.find(payment);
    if (!found) throw new RangeError('the payment is kept');
    const { status, contradictedAt } = found;
    return { status, moneyMoved: moneyMoved({ status, isContradicted: contradictedAt !== undefined }) };
  }

  /** How many payments the bank has. */
  paymentsAtTheBank(): number {
    const { payments } = this.stack.emulator.state() as { payments: unknown[] };
    return payments.length;
  }
}

/** A lie about the payments that are read. */
export const readAs =
  (change: (payment: Record<string, unknown>) => Record<string, unknown>): Lie =>
  ({ method, path }, { json }) =>
    method === 'GET' && path.startsWith('/payments/')
      ? { json: change(json as Record<string, unknown>) }
      : undefined;

/** A lie about the answer to an initiation. */
export const initiationAs =
  (lie: Partial<Answer> | null): Lie =>
  ({ method, path }) =>
    method === 'POST' && path === '/payments' ? lie : undefined;
