import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { creditor, Journey } from '#cli/journey.ts';
import { Visitor } from '#cli/visitor.ts';
import { accountSchema, accountsSchema } from '#http/contract/accounts.ts';
import { connectionsSchema, startedConnectionSchema } from '#http/contract/banks.ts';
import { paymentSchema, startedPaymentSchema } from '#http/contract/payments.ts';
import { meSchema } from '#http/contract/session.ts';

/** A payment as its customer knows it. */
export interface MovedPayment {
  id: string;
  /** Where it was begun, and has to stay. */
  provider: string;
  amountOere: number;
  /** Undefined where the order was cut by a kill: the bank may have it, and its customer never approves it. */
  redirectUrl: string | undefined;
}

const renewalsMax = 8;
const triesMax = 10;
const form = { creditor, text: 'Flyttes' };

/** A customer who is moved, over HTTP as with a browser. */
export class MovedCustomer {
  readonly payments: MovedPayment[] = [];
  /** The providers that have served the customer, in their order. */
  readonly served: string[] = [];
  readonly #base: string;
  readonly #person: { id: string; name: string };
  readonly bank: { name: string; bic: string };
  readonly #visitor = new Visitor();
  #connectionId = '';
  #accountId = '';
  userId = '';

  constructor(base: string, person: { id: string; name: string }, bank: { name: string; bic: string }) {
    this.#base = base;
    this.#person = person;
    this.bank = bank;
  }

  get accountId(): string {
    return this.#accountId;
  }

  /** Signs in and is verified. */
  async join(): Promise<void> {
    const { id, name } = this.#person;
    const journey = new Journey(this.#base, [id, name], this.#visitor);
    await journey.signIn();
    await journey.verify();
    this.userId = (await this.#call('/api/me', meSchema)).id;
  }

  async link(provider: string): Promise<void> {
    await new Journey(this.#base, [this.#person.name], this.#visitor).linkBank(this.bank.name);
    const { accounts } = await this.#call('/api/accounts', accountsSchema);
    const [account] = accounts;
    if (!account) throw new RangeError('the bank gave no account');
    this.#accountId = account.id;
    this.#connectionId = account.connectionId;
    this.served.push(provider);
  }

  /** Orders a payment at the provider of now, and leaves its approval for later. */
  async order(amountOere: number): Promise<MovedPayment> {
    const provider = this.served.at(-1) ?? '';
    const amount = { amount: amountOere, currency: 'NOK' };
    const body = { ...form, accountId: this.#accountId, amount, acceptsRepeat: true };
    const { id, redirectUrl } = await this.#call('/api/payments', startedPaymentSchema, body);
    const payment = { id, provider, amountOere, redirectUrl };
    this.payments.push(payment);
    return payment;
  }

  async approve({ redirectUrl }: MovedPayment): Promise<void> {
    if (redirectUrl !== undefined) await this.#throughBank(redirectUrl);
  }

  /** Renews the consent, again where the process that completed it was killed. `atBank` comes before the approval. */
  async renew(provider: string, atBank?: () => Promise<void>): Promise<void> {
    for (let left = renewalsMax; left > 0; left -= 1) {
      const { id, consentUrl } = await this.#call('/api/bank-connections', startedConnectionSchema, {
        renews: this.#connectionId,
      });
      await atBank?.();
      if (consentUrl !== undefined) await this.#throughBank(consentUrl);
      const { connections } = await this.#call('/api/bank-connections', connectionsSchema);
      if (connections.find((connection) => connection.id === id)?.status !== 'active') continue;
      this.#connectionId = id;
      this.served.push(provider);
      return;
    }
    throw new RangeError(`no consent came about in ${renewalsMax} attempts`);
  }

  async lookAt({ id }: MovedPayment): Promise<void> {
    await this.#call(`/api/payments/${id}`, paymentSchema);
  }

  /** As the bank says now, in øre. */
  async balance(): Promise<number | undefined> {
    const { balance } = await this.#call(`/api/accounts/${this.#accountId}/refresh`, accountSchema, {});
    return balance?.amount;
  }

  close(): Promise<void> {
    return this.#visitor.close();
  }

  async #throughBank(address: string): Promise<void> {
    let page = await this.#visitor.visit(address, { headers: { accept: 'text/html' } });
    while (page.url.origin !== this.#base)
      page = await this.#visitor.press(page, 'approve', this.#person.name);
  }

  async #call<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    content?: object,
  ): Promise<z.output<Schema>> {
    const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
    const options = content && ({ method: 'POST', headers, body: JSON.stringify(content) } as const);
    let { status, body } = await this.#visitor.visit(`${this.#base}${path}`, options);
    // On a busy machine the database may not answer in time; the customer tries again, with the same key.
    for (let left = triesMax; status === 503 && left > 1; left -= 1)
      ({ status, body } = await this.#visitor.visit(`${this.#base}${path}`, options));
    if (status >= 400) throw new RangeError(`${path} answers ${status}: ${body.slice(0, 300)}`);
    return schema.parse(JSON.parse(body));
  }
}
