import { Hono } from 'hono';
import { html } from 'hono/html';
import { bankPage, overPage } from '#emulation/bank/bank-page.ts';
import { kroner, texts } from '#emulation/bank/texts.ts';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import { findPayment, pathOf, startedInApp } from './payment-routes.ts';
import { refuse } from './refusal.ts';
import { bankOf } from './requests.ts';
import { appMs } from './bank-app.ts';
import { newId, type Bench, type Payment } from './world.ts';

const root = '/:bank/v1/payments/:product/:id';
const page = '/approve/cancellation';

/** Cancellations: at once where nothing was approved yet or the bank asks for nothing, else with an approval. */
export function cancellationRoutes(bench: Bench): Hono<EmulatorEnvironment> {
  const { guarded, settlement, context, world } = bench;
  const routes = new Hono<EmulatorEnvironment>();

  routes.delete(root, ...guarded('cancel_payment'), (c) => {
    const payment = findPayment(c, bench);
    const { dialect } = bankOf(c);
    if (payment.status !== 'RCVD' && payment.status !== 'ACTC')
      throw refuse(dialect.errors, 'CANCELLATION_INVALID', 'the payment is being carried out');
    if (payment.status === 'RCVD' || dialect.cancelsAtOnce) {
      settlement.cancel(payment);
      return c.body(null, 204);
    }
    const startAuthorisation = { href: `${pathOf(payment)}/cancellation-authorisations` };
    return c.json({ transactionStatus: payment.status, _links: { startAuthorisation } }, 202);
  });

  routes.post(`${root}/cancellation-authorisations`, ...guarded('start_authorisation'), (c) => {
    const payment = findPayment(c, bench);
    const { approach } = bankOf(c).dialect;
    const id = newId();
    payment.cancellation = { id, startedAt: context.clock.now(), state: 'pending' };
    const authorisations = `${pathOf(payment)}/cancellation-authorisations`;
    const headers = { 'aspsp-sca-approach': approach };
    if (approach === 'DECOUPLED') {
      context.clock.schedule(appMs, () => {
        if (world().payments.get(payment.id) === payment) decide(payment, true, bench);
      });
      return c.json(startedInApp(c, authorisations, id), 201, headers);
    }
    const scaRedirect = { href: `${context.origin}${page}?id=${payment.id}` };
    const links = { scaRedirect, scaStatus: { href: `${authorisations}/${id}` } };
    return c.json({ scaStatus: 'received', authorisationId: id, _links: links }, 201, headers);
  });

  return routes;
}

/** The bank's page on which the customer approves a cancellation. */
export function cancellationPage(bench: Bench): Hono<EmulatorEnvironment> {
  const pages = new Hono<EmulatorEnvironment>();
  const find = (id: string | undefined): Payment | undefined => {
    const payment = bench.world().payments.get(id ?? '');
    return payment?.cancellation?.state === 'pending' ? payment : undefined;
  };

  pages.get(page, async (c) => {
    const payment = find(c.req.query('id'));
    if (payment === undefined) return overPage(c);
    const { bank, language, order } = payment;
    const words = texts[language];
    const body = html`<p class="amount">${kroner(order.amountOere, language)}</p>
      <dl>
        <dt>${words.to}</dt>
        <dd>${order.creditorName}</dd>
      </dl>
      <form method="post">
        <button class="primary" name="decision" value="approve">${words.approve}</button>
        <button class="quiet" name="decision" value="cancel">${words.cancel}</button>
      </form>`;
    return c.html(bankPage(bank, words.cancelPayment, { language, body }));
  });

  pages.post(page, async (c) => {
    const payment = find(c.req.query('id'));
    if (payment === undefined) return overPage(c);
    const { decision } = await c.req.parseBody();
    decide(payment, decision === 'approve', bench);
    const { ok, nok } = payment.returns;
    return c.redirect(decision === 'approve' ? ok : nok, 303);
  });

  return pages;
}

/** A cancellation that is not approved, or comes too late, is refused, and the payment stands. */
function decide(payment: Payment, isApproved: boolean, { settlement }: Bench): void {
  if (payment.cancellation === undefined) return;
  const isInTime = payment.status === 'ACTC';
  payment.cancellation.state = isApproved && isInTime ? 'approved' : 'refused';
  if (isApproved && isInTime) settlement.cancel(payment);
}
