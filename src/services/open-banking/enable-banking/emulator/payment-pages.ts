import { Hono, type Context } from 'hono';
import { html } from 'hono/html';
import { formatAccountNumber } from '#domain/banking/account-number.ts';
import { defaultLocale } from '#domain/locale.ts';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import type { Html } from '#emulation/page.ts';
import { back, bankPage, overPage } from './bank-page.ts';
import type { Bench } from './bench.ts';
import { kroner, texts } from './texts.ts';
import { findAccount, type LedgerAccount, type Payment } from './world.ts';

/** The bank's page of a payment, with payee and amount before the customer's eyes (RTS Article 5). */
export function paymentPages(bench: Bench): Hono<EmulatorEnvironment> {
  const pages = new Hono<EmulatorEnvironment>();
  const guard = bench.context.faults.guard('payment_page');

  pages.get('/pis/start', guard, async (c) => {
    const payment = openPayment(c.req.query('payment_id'), bench);
    if (payment === undefined) return overPage(c, undefined, defaultLocale);
    return c.redirect(`/bank/${payment.bank.slug}/payments/${payment.id}`, 303);
  });

  pages.get('/bank/:bank/payments/:id', guard, async (c) => {
    const payment = openPayment(c.req.param('id'), bench);
    if (payment === undefined) return overPage(c, undefined, defaultLocale);
    const account = findAccount(bench.world(), payment.bank, payment.debtorAccountNumber);
    return c.html(approvalPage(payment, account));
  });

  pages.post('/bank/:bank/payments/:id', guard, async (c) => {
    const payment = openPayment(c.req.param('id'), bench);
    if (payment === undefined) return overPage(c, undefined, defaultLocale);
    const { decision } = await c.req.parseBody();
    return decide(c, payment, { decision, bench });
  });

  return pages;
}

/** The payment while the bank still waits for the customer. */
function openPayment(id: string | undefined, { world }: Bench): Payment | undefined {
  const payment = world().payments.get(id ?? '');
  return payment?.status === 'RCVD' ? payment : undefined;
}

function decide(
  c: Context<EmulatorEnvironment>,
  payment: Payment,
  { decision, bench: { settlement } }: { decision: unknown; bench: Bench },
): Response {
  const { redirect_url, state } = payment.request;
  switch (decision) {
    case 'approve':
      settlement.approve(payment);
      return back(c, redirect_url, { state });
    case 'reject':
      settlement.reject(payment, 'MS03');
      return back(c, redirect_url, { state });
    case 'cancel':
      settlement.cancel(payment);
      return back(c, redirect_url, { error: 'access_denied', state });
    default:
      return c.redirect(c.req.path, 303);
  }
}

function approvalPage(payment: Payment, account: LedgerAccount | undefined): Html {
  const { bank, language } = payment;
  const words = texts[language];
  const rows = factsOf(payment, account).map(
    ([term, description]) =>
      html`<dt>${term}</dt>
        <dd>${description}</dd>`,
  );
  const body = html`<dl>${rows}</dl>
    <form method="post">
      <button class="primary" name="decision" value="approve">${words.approve}</button>
      <button class="quiet" name="decision" value="cancel">${words.cancel}</button>
      <button class="quiet" name="decision" value="reject">${words.bankRejects}</button>
    </form>`;
  return bankPage(bank, words.approvePayment, { language, body });
}

function factsOf(payment: Payment, account: LedgerAccount | undefined): [string, string][] {
  const words = texts[payment.language];
  const [transaction] = payment.request.payment_request.credit_transfer_transaction;
  const { reference_number, remittance_information } = transaction;
  const debtor = account ? `${account.name}, ${account.holder}` : words.unknownDebtor;
  return [
    [words.to, transaction.beneficiary.creditor.name],
    [words.account, formatAccountNumber(payment.creditorAccountNumber)],
    [words.amount, kroner(payment.amountOere, payment.language)],
    ...optional(words.kid, reference_number),
    ...optional(words.text, remittance_information?.[0]),
    [words.from, `${formatAccountNumber(payment.debtorAccountNumber)} (${debtor})`],
  ];
}

function optional(term: string, description: string | null | undefined): [string, string][] {
  return description === null || description === undefined ? [] : [[term, description]];
}
