import { Hono } from 'hono';
import { html } from 'hono/html';
import { defaultLocale } from '#domain/locale.ts';
import { bankPage, overPage } from '#emulation/bank/bank-page.ts';
import { texts } from '#emulation/bank/texts.ts';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import { addressOf, type Bench, type Payment } from './world.ts';

const path = '/approve/payment-consent';

/** The first of two pages: the customer lets Fjord Pay begin the payment. */
export function paymentConsentPage({ world, settlement }: Bench): Hono<EmulatorEnvironment> {
  const pages = new Hono<EmulatorEnvironment>();
  const find = (id: string | undefined): Payment | undefined => {
    const payment = world().payments.get(id ?? '');
    return payment?.status === 'RCVD' && !payment.isConsented ? payment : undefined;
  };

  pages.get(path, async (c) => {
    const payment = find(c.req.query('id'));
    if (payment === undefined) return overPage(c, undefined, defaultLocale);
    const { bank, language } = payment;
    const words = texts[language];
    const body = html`<form method="post">
      <button class="primary" name="decision" value="approve">${words.approve}</button>
      <button class="quiet" name="decision" value="cancel">${words.cancel}</button>
    </form>`;
    return c.html(bankPage(bank, words.approvePayment, { language, body }));
  });

  pages.post(path, async (c) => {
    const payment = find(c.req.query('id'));
    if (payment === undefined) return overPage(c, undefined, defaultLocale);
    const { decision } = await c.req.parseBody();
    if (decision === 'approve') payment.isConsented = true;
    else settlement.cancel(payment);
    return c.redirect(addressOf(payment.returnUrl, { paymentId: payment.id }), 303);
  });

  return pages;
}
