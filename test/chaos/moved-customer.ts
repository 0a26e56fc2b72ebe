import { creditor } from '#cli/journey.ts';
import { accountSchema } from '#http/contract/accounts.ts';
import { connectionSchema, connectionsSchema, startedConnectionSchema } from '#http/contract/banks.ts';
import { paymentSchema, startedPaymentSchema } from '#http/contract/payments.ts';
import { Customer } from './customer.ts';
import { pause } from './pause.ts';

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
/** How often a customer asks whether the bank has seen the approval in its app. */
const checksMax = 60;
const form = { creditor, text: 'Flyttes' };

/** A customer who is moved from provider to provider. */
export class MovedCustomer extends Customer {
  readonly payments: MovedPayment[] = [];

  /** Orders a payment at the provider of now, and leaves its approval for later. */
  async order(amountOere: number): Promise<MovedPayment> {
    const provider = this.served.at(-1) ?? '';
    const amount = { amount: amountOere, currency: 'NOK' };
    const body = { ...form, accountId: this.accountId, amount, acceptsRepeat: true };
    const { id, redirectUrl } = await this.call('/api/payments', startedPaymentSchema, body);
    const payment = { id, provider, amountOere, redirectUrl };
    this.payments.push(payment);
    return payment;
  }

  async approve({ redirectUrl }: MovedPayment): Promise<void> {
    if (redirectUrl !== undefined) await this.throughBank(redirectUrl);
  }

  /** Renews the consent, again where the process that completed it was killed. `atBank` comes before the approval. */
  async renew(provider: string, atBank?: () => Promise<void>): Promise<void> {
    for (let left = renewalsMax; left > 0; left -= 1) {
      const { id, consentUrl, next } = await this.call('/api/bank-connections', startedConnectionSchema, {
        renews: this.connectionId,
      });
      await atBank?.();
      if (consentUrl !== undefined) await this.throughBank(consentUrl);
      if (next.kind === 'decoupled') await this.#untilDecided(id, next.askAgainSeconds);
      const { connections } = await this.call('/api/bank-connections', connectionsSchema);
      if (connections.find((connection) => connection.id === id)?.status !== 'active') continue;
      this.connectionId = id;
      this.served.push(provider);
      return;
    }
    throw new RangeError(`no consent came about in ${renewalsMax} attempts`);
  }

  /** Asks about a consent that is approved in the bank's app as often as the bank allows. */
  async #untilDecided(connectionId: string, askAgainSeconds: number): Promise<void> {
    for (let left = checksMax; left > 0; left -= 1) {
      await pause(askAgainSeconds * 1_000);
      const { status } = await this.call(`/api/bank-connections/${connectionId}/check`, connectionSchema, {});
      if (status !== 'pending') return;
    }
  }

  async lookAt({ id }: MovedPayment): Promise<void> {
    await this.call(`/api/payments/${id}`, paymentSchema);
  }

  /** As the bank says now, in øre. */
  async balance(): Promise<number | undefined> {
    const { balance } = await this.call(`/api/accounts/${this.accountId}/refresh`, accountSchema, {});
    return balance?.amount;
  }
}
