import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { Journey } from '#cli/journey.ts';
import { Visitor, type Visited, type VisitOptions } from '#cli/visitor.ts';
import { accountsSchema } from '#http/contract/accounts.ts';
import { problemSchema } from '#http/contract/problem.ts';
import { meSchema } from '#http/contract/session.ts';
import { pause } from './pause.ts';

const triesMax = 60;
const waitMsMax = 1_000;

/** An answer that a customer's app does not send the request again for. */
export class Refusal extends Error {
  readonly code: string;

  constructor(path: string, { status, body }: Visited) {
    const problem = problemSchema.safeParse(JSON.parse(body || 'null'));
    super(`${path} answers ${status}: ${body.slice(0, 300)}`);
    this.code = problem.success ? problem.data.code : `${status}`;
  }
}

/** A customer of Drop's, over HTTP as with a browser. */
export class Customer {
  readonly base: string;
  readonly person: { id: string; name: string };
  readonly bank: { name: string; bic: string };
  readonly visitor = new Visitor();
  /** The providers that have served the customer, in their order. */
  readonly served: string[] = [];
  userId = '';
  accountId = '';
  connectionId = '';

  constructor(base: string, person: { id: string; name: string }, bank: { name: string; bic: string }) {
    this.base = base;
    this.person = person;
    this.bank = bank;
  }

  /** Signs in and is verified. */
  async join(): Promise<void> {
    const { id, name } = this.person;
    const journey = new Journey(this.base, [id, name], this.visitor);
    await journey.signIn();
    await journey.verify();
    this.userId = (await this.call('/api/me', meSchema)).id;
  }

  async link(provider: string): Promise<void> {
    await new Journey(this.base, [this.person.name], this.visitor).linkBank(this.bank.name);
    const { accounts } = await this.call('/api/accounts', accountsSchema);
    const [account] = accounts;
    if (!account) throw new RangeError('the bank gave no account');
    this.accountId = account.id;
    this.connectionId = account.connectionId;
    this.served.push(provider);
  }

  close(): Promise<void> {
    return this.visitor.close();
  }

  /** Approves on each page of the bank until it sends the customer back. */
  async throughBank(address: string): Promise<void> {
    let page = await this.visitor.visit(address, { headers: { accept: 'text/html' } });
    while (page.url.origin !== this.base) page = await this.visitor.press(page, 'approve', this.person.name);
  }

  /**
   * Sends a request, and sends it again with the same key while Drop cannot answer or wants it later.
   *
   * @throws {Refusal}
   */
  async call<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    content?: object,
    key: string = randomUUID(),
  ): Promise<z.output<Schema>> {
    const headers = { 'content-type': 'application/json', 'idempotency-key': key };
    const options = content && ({ method: 'POST', headers, body: JSON.stringify(content) } as const);
    let answer: Visited | undefined;
    for (let left = triesMax; left > 0; left -= 1) {
      // A request without an answer may have had its effect.
      answer = await this.#send(path, options).catch(() => undefined);
      if (answer && !isForLater(answer)) break;
      await pause((waitMsMax * (1 + triesMax - left)) / triesMax);
    }
    if (!answer) throw new RangeError(`${path} has no answer in ${triesMax} tries`);
    if (answer.status >= 400) throw new Refusal(path, answer);
    return schema.parse(JSON.parse(answer.body));
  }

  #send(path: string, options: VisitOptions | undefined): Promise<Visited> {
    return this.visitor.visit(`${this.base}${path}`, options);
  }
}

function isForLater({ status, body }: Visited): boolean {
  return status >= 500 || status === 429 || (status === 409 && body.includes('"payment_in_progress"'));
}
