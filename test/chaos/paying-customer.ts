import { randomUUID } from 'node:crypto';
import { creditor } from '#cli/journey.ts';
import { Visitor } from '#cli/visitor.ts';
import { cancelledPaymentSchema, paymentSchema, startedPaymentSchema } from '#http/contract/payments.ts';
import { Customer, Refusal } from './customer.ts';
import type { OrderPlan } from './order-plan.ts';

/** An order as its customer knows it, with what the customer did about it and saw of it. */
export interface CustomerOrder {
  plan: OrderPlan;
  key: string;
  /** Drop's ids of it, as it answered: one, or none where it refused the order. */
  ids: Set<string>;
  did: string[];
}

const kid = '2345676';
const approvalsMax = 4;
const htmlPage = { headers: { accept: 'text/html' } };

/** A customer who pays again and again, whatever happens on the way. */
export class PayingCustomer extends Customer {
  readonly orders: CustomerOrder[] = [];

  /** Orders a payment, and does at the bank what the plan says. */
  async pay(plan: OrderPlan): Promise<void> {
    const order: CustomerOrder = { plan, key: randomUUID(), ids: new Set(), did: [] };
    this.orders.push(order);
    const links = await Promise.all(Array.from({ length: plan.atOnce }, () => this.#order(order)));
    const link = links.find((each) => each !== undefined);
    const [id] = order.ids;
    if (id === undefined || link === undefined) return;
    if (plan.decision === 'call_back' && (await this.#callBack(order, id))) return;
    await this.#decide(order, { id, link });
  }

  async lookAt(id: string): Promise<void> {
    await this.call(`/api/payments/${id}`, paymentSchema);
  }

  /** The link to the bank's page, if there is something to approve. */
  async #order({ plan, key, ids, did }: CustomerOrder): Promise<string | undefined> {
    const { amountOere, hasKid } = plan;
    const amount = { amount: amountOere, currency: 'NOK' };
    const remittance = hasKid ? { kid } : { text: 'Takk for sist' };
    const form = { accountId: this.accountId, amount, creditor, ...remittance };
    try {
      const started = await this.call('/api/payments', startedPaymentSchema, form, key);
      ids.add(started.id);
      did.push(`ordered: ${started.status}`);
      return started.redirectUrl;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      did.push(`refused: ${error.code}`);
      return undefined;
    }
  }

  /** False where it cannot be called back. */
  async #callBack({ did }: CustomerOrder, id: string): Promise<boolean> {
    try {
      const path = `/api/payments/${id}/cancel`;
      const { status, cancellation } = await this.call(path, cancelledPaymentSchema, {});
      did.push(`called back: ${status}`);
      if (cancellation.kind === 'redirect') await this.throughBank(cancellation.url);
      return true;
    } catch (error) {
      did.push(`not called back: ${error instanceof Refusal ? error.code : String(error)}`);
      return false;
    }
  }

  /** A page of the bank that fails is opened again from the payment's page, while that has a link. */
  async #decide(order: CustomerOrder, { id, link }: { id: string; link: string }): Promise<void> {
    let address: string | null = link;
    for (let left = approvalsMax; left > 0 && address !== null; left -= 1) {
      try {
        return await this.#atBank(order, address);
      } catch (error) {
        order.did.push(`failed at the bank: ${String(error).slice(0, 100)}`);
      }
      const { status, redirectUrl } = await this.call(`/api/payments/${id}`, paymentSchema);
      order.did.push(`looked: ${status}`);
      address = redirectUrl;
    }
  }

  async #atBank({ plan, did }: CustomerOrder, link: string): Promise<void> {
    const decision = plan.decision === 'call_back' ? 'approve' : plan.decision;
    const browser = new Visitor(this.base);
    try {
      let page = await browser.visit(link, htmlPage);
      if (decision === 'leave') return void did.push('left');
      while (page.url.origin !== this.base) page = await browser.press(page, decision, this.person.name);
      did.push(decision);
      for (let left = plan.returns; left > 0; left -= 1) await this.#return(page.url, did);
    } finally {
      await browser.close();
    }
  }

  /** A return whose page does not open is not tried again: the bank has the customer's answer. */
  async #return(address: URL, did: string[]): Promise<void> {
    const shown = await this.visitor.visit(address, htmlPage).catch(() => undefined);
    did.push(`returned: ${shown?.status ?? 'no answer'}`);
  }
}
