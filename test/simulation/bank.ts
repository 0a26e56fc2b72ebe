import { parse } from 'node-html-parser';
import { systemClock, type Clock } from '#domain/clock.ts';
import { paymentIdOf } from '#domain/payment/end-to-end-id.ts';
import type { BookedPayment } from '#domain/payment/history.ts';
import type { BankPayment, BankPaymentStatus } from '#emulation/bank/world.ts';
import type { Emulator, EmulatorContext } from '#emulation/emulator.ts';
import { Faults as EmulatorFaults } from '#emulation/faults.ts';
import type { ProviderDefinition } from '#services/open-banking/definition.ts';
import { webhookUrlAt } from '#services/open-banking/routing.ts';
import { answerOf } from './network.ts';

const origin = 'http://localhost:4000';
export const baseUrl = 'http://localhost:3000';
export const callbackUrl = `${baseUrl}/api/openbanking/callback`;

export type Delivery = Parameters<EmulatorContext['deliver']>[0];

/** What a run lends to the banks: its time, and the way to Drop. */
export interface BankSurroundings {
  clock: Clock;
  deliver: EmulatorContext['deliver'];
}

/** A provider's emulator, without sockets. Each run begins with what it had in its books when it was `remember`ed. */
export class Bank {
  readonly definition: ProviderDefinition;
  readonly environment: Readonly<Record<string, string>>;
  readonly emulator: Emulator;
  readonly #lent: { current: BankSurroundings };
  #remembered: unknown;

  private constructor(
    definition: ProviderDefinition,
    { emulator, environment }: { emulator: Emulator; environment: Record<string, string> },
    lent: { current: BankSurroundings },
  ) {
    this.definition = definition;
    this.emulator = emulator;
    this.environment = environment;
    this.#lent = lent;
  }

  static async open(definition: ProviderDefinition, surroundings: BankSurroundings): Promise<Bank> {
    const lent = { current: surroundings };
    const context: EmulatorContext = {
      clock: {
        now: () => lent.current.clock.now(),
        monotonicMs: () => lent.current.clock.monotonicMs(),
        schedule: (delayMs, task) => lent.current.clock.schedule(delayMs, task),
        afterTurn: (task) => lent.current.clock.afterTurn(task),
      },
      origin,
      faults: new EmulatorFaults(systemClock, () => 0),
      random: () => 0,
      deliver: (request) => lent.current.deliver(request),
    };
    const webhookUrl = webhookUrlAt(baseUrl, definition.id);
    const started = await definition.createEmulator(context, { customers, callbackUrl, webhookUrl });
    return new Bank(definition, started, lent);
  }

  remember(): void {
    this.#remembered = structuredClone(this.emulator.persistence?.save());
  }

  begin(surroundings: BankSurroundings): void {
    this.#lent.current = surroundings;
    this.emulator.reset();
    if (this.#remembered !== undefined) this.emulator.persistence?.restore(structuredClone(this.#remembered));
  }

  books(): BookedPayment[] {
    return this.#payments().map((payment) => booked(this.definition.id, payment));
  }

  #payments(): BankPayment[] {
    const { world } = this.emulator.persistence?.save() as { world: { payments: Map<string, BankPayment> } };
    return [...world.payments.values()];
  }

  /** Answers in the bank's own app whatever it asks the customer; returns how many payments that were. */
  async decideInApp(choice: string): Promise<number> {
    const waiting = this.#payments().filter(({ status }) => status === 'RCVD');
    for (const { id, bank } of waiting)
      await this.visit(`${origin}/bank/${bank.slug}/payments/${id}`, choice);
    return waiting.length;
  }

  /** Follows the bank's pages as a customer would; returns the parameters of the return to Drop. */
  async visit(link: string, choice: string): Promise<URLSearchParams | undefined> {
    let url = new URL(link);
    let request: RequestInit = {};
    for (let pages = 0; pages < pagesMax; pages += 1) {
      if (url.href.startsWith(callbackUrl)) return url.searchParams;
      const answer = await answerOf(this.emulator.routes, url.href, request);
      request = {};
      const { location } = answer.headers;
      if (location !== undefined) url = new URL(location, url);
      else {
        const pressed = press(Buffer.from(answer.body).toString(), choice);
        if (!pressed) return undefined;
        const { action, body } = pressed;
        url = new URL(action ?? url.href, url);
        request = { method: 'POST', body, headers: formHeaders };
      }
    }
    return undefined;
  }
}

const pagesMax = 20;
const formHeaders = { 'content-type': 'application/x-www-form-urlencoded' };

const customers = [
  {
    name: 'Kari Prøve',
    note: { nb: 'Har penger på konto.', en: 'Has money in the account.' },
    accounts: [{ accountNumber: '12345678903', name: 'Brukskonto', balanceOere: 2_500_000 }],
  },
];

function press(page: string, choice: string): { action: string | undefined; body: string } | undefined {
  const form = parse(page).querySelector('form');
  if (!form) return undefined;
  const fields = new URLSearchParams();
  for (const input of form.querySelectorAll('input')) {
    const isChosen = input.hasAttribute('checked') || input.getAttribute('type') === 'hidden';
    if (isChosen) fields.append(input.getAttribute('name') ?? '', input.getAttribute('value') ?? '');
  }
  const buttons = form.querySelectorAll('button');
  const button = buttons.find((each) => each.getAttribute('value') === choice) ?? buttons[0];
  const name = button?.getAttribute('name') ?? '';
  if (name !== '') fields.append(name, button?.getAttribute('value') ?? '');
  return { action: form.getAttribute('action'), body: fields.toString() };
}

const states: Record<BankPaymentStatus, BookedPayment['state']> = {
  RCVD: 'waiting',
  ACTC: 'under_way',
  ACSP: 'under_way',
  ACSC: 'carried_out',
  ACCC: 'carried_out',
  RJCT: 'ended',
  CNCL: 'ended',
};

function booked(provider: string, payment: BankPayment): BookedPayment {
  const { id: reference, status, order } = payment;
  const endToEndId = /"end_?to_?end_?id":"([^"]+)"/i.exec(JSON.stringify(payment))?.[1] ?? '';
  return {
    provider,
    reference,
    paymentId: paymentIdOf(endToEndId),
    state: states[status],
    order: {
      money: { amount: order.amountOere, currency: 'NOK' },
      creditorAccountNumber: order.creditorAccountNumber,
    },
  };
}
