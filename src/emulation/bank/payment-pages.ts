import { Hono, type Context } from 'hono';
import { html } from 'hono/html';
import { formatAccountNumber } from '#domain/banking/account-number.ts';
import type { EmulatorContext, EmulatorEnvironment } from '#emulation/emulator.ts';
import type { Html } from '#emulation/page.ts';
import { bankPage, overPage } from './bank-page.ts';
import type { LedgerAccount } from './ledger.ts';
import type { Settlement } from './settlement.ts';
import { day, kroner, texts } from './texts.ts';
import { findAccount, type BankConsent, type BankPayment, type World } from './world.ts';

/** The answer to a payment at the bank's page; `rejected` is the bank's own. */
export type PaymentDecision = 'approved' | 'cancelled' | 'rejected';

/** What a provider's protocol adds to the banks' pages of a payment. */
export interface PaymentPages<Payment extends BankPayment> {
  context: EmulatorContext;
  world(): World<BankConsent, Payment>;
  settlement: Settlement<Payment>;
  /** The provider's own address to which the application sends the customer, with the payment's id in `parameter`. */
  start: { path: string; parameter: string };
  /** Returns the address to which the browser goes back. */
  onDecided(payment: Payment, decision: PaymentDecision): string;
}

/** The bank's page of a payment, with payee and amount before the customer's eyes (RTS Article 5). */
export function paymentPages<Payment extends BankPayment>(
  options: PaymentPages<Payment>,
): Hono<EmulatorEnvironment> {
  const { start, world } = options;
  const pages = new Hono<EmulatorEnvironment>();
  const guard = options.context.faults.guard('payment_page');

  pages.get(start.path, guard, async (c) => {
    const payment = openPayment(c.req.query(start.parameter), options);
    if (payment === undefined) return overPage(c);
    return c.redirect(`/bank/${payment.bank.slug}/payments/${payment.id}`, 303);
  });

  pages.get('/bank/:bank/payments/:id', guard, async (c) => {
    const payment = openPayment(c.req.param('id'), options);
    if (payment === undefined) return overPage(c);
    return c.html(approvalPage(payment, world()));
  });

  pages.post('/bank/:bank/payments/:id', guard, async (c) => {
    const payment = openPayment(c.req.param('id'), options);
    if (payment === undefined) return overPage(c);
    const { decision, account } = await c.req.parseBody();
    if (payment.order.debtorAccountNumber === '' && typeof account === 'string')
      payment.order.debtorAccountNumber = account;
    return decide(c, payment, { pressed: decision, options });
  });

  return pages;
}

/** The payment while the bank still waits for the customer. */
function openPayment<Payment extends BankPayment>(
  id: string | undefined,
  { world }: PaymentPages<Payment>,
): Payment | undefined {
  const payment = world().payments.get(id ?? '');
  return payment?.status === 'RCVD' ? payment : undefined;
}

function decide<Payment extends BankPayment>(
  c: Context<EmulatorEnvironment>,
  payment: Payment,
  { pressed, options }: { pressed: unknown; options: PaymentPages<Payment> },
): Response {
  const { settlement, onDecided } = options;
  switch (pressed) {
    case 'approve':
      settlement.approve(payment);
      return c.redirect(onDecided(payment, 'approved'), 303);
    case 'reject':
      settlement.reject(payment, 'MS03');
      return c.redirect(onDecided(payment, 'rejected'), 303);
    case 'cancel':
      settlement.cancel(payment);
      return c.redirect(onDecided(payment, 'cancelled'), 303);
    default:
      return c.redirect(c.req.path, 303);
  }
}

function approvalPage(payment: BankPayment, world: Pick<World<BankConsent, BankPayment>, 'accounts'>): Html {
  const { bank, language, order } = payment;
  const words = texts[language];
  const account = findAccount(world, bank, order.debtorAccountNumber);
  const rows = factsOf(payment, account).map(
    ([term, description]) =>
      html`<dt>${term}</dt>
        <dd>${description}</dd>`,
  );
  const own = world.accounts.filter((candidate) => candidate.bank.slug === bank.slug);
  const body = html`${payment.approvesInApp === true ? html`<p class="note">${words.inApp}</p>` : ''}
    <p class="amount">${kroner(order.amountOere, language)}</p>
    <dl>${rows}</dl>
    <form method="post">
      ${order.debtorAccountNumber === '' ? debtorChoice(own, words.chooseDebtor) : ''}
      <button class="primary" name="decision" value="approve">${words.approve}</button>
      <button class="quiet" name="decision" value="cancel">${words.cancel}</button>
      <p class="note">${words.onlyHere}</p>
      <button class="quiet" name="decision" value="reject">${words.bankRejects}</button>
    </form>`;
  return bankPage(bank, words.approvePayment, { language, body });
}

/** For a payment that names no account to pay from. */
function debtorChoice(accounts: LedgerAccount[], legend: string): Html {
  const boxes = accounts.map(
    ({ accountNumber, name, holder }, index) =>
      html`<label>
        <input type="radio" name="account" value="${accountNumber}" ${index === 0 ? 'checked' : ''} />
        <span>${name}, ${holder}<small>${formatAccountNumber(accountNumber)}</small></span>
      </label>`,
  );
  return html`<fieldset>
    <legend>${legend}</legend>
    ${boxes}
  </fieldset>`;
}

function factsOf(payment: BankPayment, account: LedgerAccount | undefined): [string, string][] {
  const words = texts[payment.language];
  const { order, dueOn } = payment;
  const from = formatAccountNumber(order.debtorAccountNumber);
  const debtor = account ? `${account.name}, ${account.holder}` : words.unknownDebtor;
  return [
    [words.to, order.creditorName],
    [words.account, formatAccountNumber(order.creditorAccountNumber)],
    ...optional(words.kid, order.kid),
    ...optional(words.text, order.text),
    ...optional(words.onDay, dueOn === undefined ? undefined : day(new Date(dueOn), payment.language)),
    ...optional(words.from, order.debtorAccountNumber === '' ? undefined : `${from} (${debtor})`),
  ];
}

function optional(term: string, description: string | undefined): [string, string][] {
  return description === undefined ? [] : [[term, description]];
}
