import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { accountsSchema, type Account } from '#http/contract/accounts.ts';
import { banksSchema, connectionSchema, startedConnectionSchema } from '#http/contract/banks.ts';
import { kycStateSchema, kycTokenSchema } from '#http/contract/kyc.ts';
import { notificationsSchema } from '#http/contract/notifications.ts';
import { paymentSchema, startedPaymentSchema } from '#http/contract/payments.ts';
import { meSchema } from '#http/contract/session.ts';
import { appSchema } from '#http/contract/system.ts';
import { systemClock } from '#domain/clock.ts';
import { addressUnder } from '#domain/address.ts';
import { DropError } from '#domain/errors.ts';
import { Visitor, type VisitOptions } from './visitor.ts';

const waitMs = 30_000;
const verificationsMax = 6;
const amountOere = 25_000;
/** The recipient of the payment. */
export const creditor = { name: 'Strømselskapet AS', accountNumber: '15032080178' };
const kid = '2345676';

const waysToApprove = { none: 'without a step', redirect: 'at the bank', decoupled: "in the bank's app" };

/** The customer's journey over HTTP, without scripts. Each method is a step and returns a description of the result. */
export class Journey {
  readonly #visitor: Visitor;
  readonly #base: string;
  readonly #choices: readonly string[];
  #kycEvents = 0;
  #account: Account | undefined;
  #payment: { id: string; redirectUrl?: string | undefined } | undefined;

  /**
   * `choices` are the values of the buttons to press at BankID and at the bank; by default the first button. `visitor`
   * is the customer's browser, with which a test may go on.
   */
  constructor(base: string, choices: readonly string[] = [], visitor: Visitor = new Visitor()) {
    this.#base = addressUnder(base, '');
    this.#choices = choices;
    this.#visitor = visitor;
  }

  /** The cookies with which another client continues as the customer. */
  get cookies(): { name: string; value: string }[] {
    return this.#visitor.cookiesOf(this.#base);
  }

  /** Of the payment that was ordered last. */
  get paymentId(): string | undefined {
    return this.#payment?.id;
  }

  async checkHealth(): Promise<string> {
    const { status, body } = await this.#visitor.visit(`${this.#base}/api/health`);
    if (status !== 200 || !body.includes('"status":"ok"')) throw unexpected(`health answers ${status}`);
    return body;
  }

  async signIn(): Promise<string> {
    const picker = await this.#visitor.visit(`${this.#base}/api/auth/bankid?returnTo=/`, {
      headers: { accept: 'text/html' },
    });
    if (picker.url.origin !== new URL(this.#base).origin) await this.#visitor.press(picker, ...this.#choices);
    const me = await this.#json('/api/me', meSchema);
    return me.name;
  }

  async verify(): Promise<string> {
    const { kycStatus } = await this.#json('/api/me', meSchema);
    if (kycStatus === 'approved') return 'already approved';
    const { webSdk } = await this.#json('/api/app', appSchema);
    // In mock mode one review in ten asks for another photo, so the customer tries again.
    for (let attempt = 1; attempt <= verificationsMax; attempt += 1) {
      const { token } = await this.#json('/api/kyc/initiate', kycTokenSchema);
      if (webSdk) await this.#submitAtSumsub(webSdk.baseUrl, token);
      if ((await this.#verdict(attempt)) === 'approved')
        return attempt === 1 ? 'approved' : `approved on attempt ${attempt}`;
    }
    throw unexpected(`not approved in ${verificationsMax} attempts`);
  }

  /** From the second attempt on, the previous verdict stands until Drop announces a new one. */
  async #verdict(attempt: number): Promise<'approved' | 'retry'> {
    const eventsBefore = this.#kycEvents;
    let isApproved = false;
    await this.#until(async () => {
      const { kycStatus, canRetry, reasons } = await this.#json('/api/kyc/status', kycStateSchema);
      if (kycStatus === 'rejected') throw unexpected('the verification was rejected');
      isApproved = kycStatus === 'approved';
      const isNew = attempt === 1 || this.#kycEvents > eventsBefore;
      return isApproved || (canRetry && reasons.length > 0 && isNew);
    });
    return isApproved ? 'approved' : 'retry';
  }

  /** Does what the WebSDK's page does when the customer chooses approval. */
  async #submitAtSumsub(baseUrl: string, token: string): Promise<void> {
    const { status } = await this.#visitor.visit(addressUnder(baseUrl, '/websdk/api/submission'), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ outcome: 'approved' }),
    });
    if (status !== 200) throw unexpected(`Sumsub's page answers ${status}`);
  }

  /** Links the bank with that name, by default the first one, and approves in the way that the bank asks for. */
  async linkBank(bankName?: string): Promise<string> {
    const { banks } = await this.#json('/api/banks', banksSchema);
    const bank = banks.find(({ name }) => bankName === undefined || name === bankName);
    if (!bank) throw unexpected(`there is no bank ${bankName ?? 'to choose'}`);
    const { id, consentUrl, next } = await this.#post('/api/bank-connections', startedConnectionSchema, {
      bankId: bank.id,
    });
    if (consentUrl !== undefined) await this.#throughBank(consentUrl);
    if (next.kind === 'decoupled') await this.#untilApprovedInApp(id, next.askAgainSeconds);
    const { accounts } = await this.#json('/api/accounts', accountsSchema);
    this.#account = accounts.find(
      (account) => account.consentStatus === 'active' && account.bankName === bank.name,
    );
    if (!this.#account) throw unexpected('the bank gave no account');
    return `${bank.name}, ${accounts.length} accounts, approved ${waysToApprove[next.kind]}`;
  }

  /** Asks about a consent as often as the bank allows, until it is no longer pending. */
  async #untilApprovedInApp(id: string, askAgainSeconds: number): Promise<void> {
    const deadline = performance.now() + waitMs;
    let status = 'pending';
    while (status === 'pending') {
      if (performance.now() > deadline) throw unexpected(`no approval within ${waitMs / 1000} s`);
      const { promise, resolve } = Promise.withResolvers<undefined>();
      systemClock.schedule(askAgainSeconds * 1_000, () => resolve(undefined), { keepsAlive: true });
      await promise;
      ({ status } = await this.#post(`/api/bank-connections/${id}/check`, connectionSchema));
    }
  }

  async readBalance(): Promise<number> {
    const { balance } = await this.#post(
      `/api/accounts/${this.#account?.id}/refresh`,
      accountsSchema.shape.accounts.element,
    );
    if (!balance) throw unexpected('the account has no balance');
    return balance.amount;
  }

  async pay(): Promise<string> {
    const form = {
      accountId: this.#account?.id,
      amount: { amount: amountOere, currency: 'NOK' },
      creditor,
      kid,
    };
    const payment = await this.#post('/api/payments', startedPaymentSchema, { ...form, acceptsRepeat: true });
    this.#payment = payment;
    return payment.status;
  }

  async approve(): Promise<string> {
    const { redirectUrl } = this.#payment ?? {};
    if (redirectUrl !== undefined) await this.#throughBank(redirectUrl);
    return (await this.#readPayment()).status;
  }

  async awaitSettlement(): Promise<string> {
    await this.#until(async () => (await this.#readPayment()).status === 'settled');
    const { bankReference } = await this.#readPayment();
    return `bank reference ${bankReference}`;
  }

  /** Finds what the customer was told of the payment. */
  async findNotification(): Promise<string> {
    const { notifications } = await this.#json('/api/notifications', notificationsSchema);
    const path = `/payments/${this.#payment?.id}`;
    const about = notifications.filter((each) => each.path === path && each.code === 'payment_settled');
    if (about.length !== 1) throw unexpected(`the inbox tells of the settlement ${about.length} times`);
    return about[0]?.title ?? '';
  }

  /** All steps from the sign-in to the settlement. */
  async complete(): Promise<void> {
    await this.signIn();
    await this.verify();
    await this.linkBank();
    await this.readBalance();
    await this.pay();
    await this.approve();
    await this.awaitSettlement();
  }

  async signOut(): Promise<string> {
    await this.#visitor.visit(`${this.#base}/api/auth/logout`, { method: 'POST' });
    const { status } = await this.#visitor.visit(`${this.#base}/api/me`);
    if (status !== 401) throw unexpected('the session is still valid after the sign-out');
    return 'the session has ended';
  }

  close(): Promise<void> {
    return this.#visitor.close();
  }

  /** Approves on each page of the bank until it sends the customer back. */
  async #throughBank(address: string): Promise<void> {
    let page = await this.#visitor.visit(address, { headers: { accept: 'text/html' } });
    while (page.url.origin !== new URL(this.#base).origin)
      page = await this.#visitor.press(page, 'approve', ...this.#choices);
  }

  async #readPayment() {
    return this.#json(`/api/payments/${this.#payment?.id}`, paymentSchema);
  }

  /** Waits until `isDone` is true, and checks it after each change that Drop announces. */
  async #until(isDone: () => Promise<boolean>): Promise<void> {
    const deadline = performance.now() + waitMs;
    let changed = Promise.withResolvers<undefined>();
    const listening = this.#visitor.listen(new URL(`${this.#base}/api/events`), (line) => {
      if (line.includes('"kind":"kyc"')) this.#kycEvents += 1;
      if (line.startsWith('data:')) changed.resolve(undefined);
      return performance.now() > deadline;
    });
    const ended = listening.catch(() => undefined);
    for (;;) {
      // Created before the check, so that a change during the check is not missed.
      changed = Promise.withResolvers<undefined>();
      if (await isDone()) return;
      if (performance.now() > deadline) throw unexpected(`no result within ${waitMs / 1000} s`);
      await Promise.race([changed.promise, ended]);
    }
  }

  #json<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>> {
    return this.#call(path, schema, {});
  }

  #post<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    body: object = {},
  ): Promise<z.output<Schema>> {
    const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
    return this.#call(path, schema, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  async #call<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    options: VisitOptions,
  ): Promise<z.output<Schema>> {
    const { status, body } = await this.#visitor.visit(`${this.#base}${path}`, options);
    if (status >= 400) throw unexpected(`${path} answers ${status}: ${body.slice(0, 300)}`);
    return schema.parse(JSON.parse(body));
  }
}

function unexpected(message: string): DropError {
  return new DropError('internal_error', { message });
}
