import { Hono, type Context } from 'hono';
import { html } from 'hono/html';
import { formatAccountNumber } from '#domain/banking/account-number.ts';
import { defaultLocale } from '#domain/locale.ts';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import type { SandboxBankCustomer } from '#services/open-banking/definition.ts';
import { back, bankPage, overPage } from './bank-page.ts';
import type { Bench } from './bench.ts';
import { day, texts } from './texts.ts';
import { newId, type LedgerAccount, type Session } from './world.ts';

const codeMs = 300_000;
const visitMs = 15 * 60_000;

type PageContext = Context<EmulatorEnvironment>;

/** The bank's pages of a consent: who the customer is, which accounts, yes or no. Plain forms, no script. */
export function consentPages(
  bench: Bench,
  customers: readonly SandboxBankCustomer[],
): Hono<EmulatorEnvironment> {
  const pages = new Hono<EmulatorEnvironment>();
  const guard = bench.context.faults.guard('consent_page');

  pages.get('/ais/start', guard, async (c) => {
    const session = openSession(c.req.query('sessionid'), bench);
    if (session === undefined) return overPage(c, undefined, defaultLocale);
    return c.redirect(`/bank/${session.bank.slug}/consents/${session.authorizationId}`, 303);
  });

  pages.get('/bank/:bank/consents/:id', guard, async (c) => {
    const session = openSession(c.req.param('id'), bench);
    if (session === undefined) return overPage(c, undefined, defaultLocale);
    return customerPage(c, session, customers);
  });

  pages.post('/bank/:bank/consents/:id', guard, async (c) => {
    const session = openSession(c.req.param('id'), bench);
    if (session === undefined) return overPage(c, undefined, defaultLocale);
    const form = await c.req.parseBody();
    const customer = customers.find(({ name }) => name === form['customer']);
    if (form['decision'] === 'cancel') return cancel(c, session);
    if (customer === undefined) return customerPage(c, session, customers);
    session.holder = customer.name;
    return c.redirect(`/bank/${session.bank.slug}/consents/${session.authorizationId}/accounts`, 303);
  });

  pages.get('/bank/:bank/consents/:id/accounts', guard, async (c) => {
    const session = openSession(c.req.param('id'), bench);
    if (session?.holder === undefined) return overPage(c, session?.bank, session?.language ?? defaultLocale);
    return accountsPage(c, session, { accounts: accountsOf(session, bench), isFaulty: false });
  });

  pages.post('/bank/:bank/consents/:id/accounts', guard, async (c) => {
    const session = openSession(c.req.param('id'), bench);
    if (session?.holder === undefined) return overPage(c, session?.bank, session?.language ?? defaultLocale);
    const form = await c.req.parseBody({ all: true });
    if (form['decision'] === 'cancel') return cancel(c, session);
    const accounts = accountsOf(session, bench);
    const chosen = [form['account']].flat();
    const shared = accounts.filter(({ accountNumber }) => chosen.includes(accountNumber));
    if (shared.length === 0) return accountsPage(c, session, { accounts, isFaulty: true });
    return grant(c, session, { shared, now: bench.context.clock.now() });
  });

  return pages;
}

/** The session while the bank still waits for the customer. */
function openSession(authorizationId: string | undefined, { world, context }: Bench): Session | undefined {
  const session = world().sessions.find((candidate) => candidate.authorizationId === authorizationId);
  if (session?.status !== 'PENDING_AUTHORIZATION') return undefined;
  const ageMs = context.clock.now().getTime() - session.createdAt.getTime();
  return ageMs < visitMs ? session : undefined;
}

function accountsOf(session: Session, { world }: Bench): LedgerAccount[] {
  return world().accounts.filter(
    ({ bank, holder }) => bank.slug === session.bank.slug && holder === session.holder,
  );
}

function cancel(c: PageContext, session: Session): Response {
  session.status = 'CANCELLED';
  return back(c, session.redirectUrl, {
    error: 'access_denied',
    error_description: 'Authorization was cancelled by the user',
    state: session.state,
  });
}

function grant(
  c: PageContext,
  session: Session,
  { shared, now }: { shared: LedgerAccount[]; now: Date },
): Response {
  const code = newId();
  session.status = 'RETURNED_FROM_BANK';
  session.accounts = shared.map((account) => ({ uid: newId(), account }));
  session.code = { value: code, expiresAt: new Date(now.getTime() + codeMs) };
  return back(c, session.redirectUrl, { code, state: session.state });
}

async function customerPage(
  c: PageContext,
  session: Session,
  customers: readonly SandboxBankCustomer[],
): Promise<Response> {
  const words = texts[session.language];
  const buttons = customers.map(
    ({ name, note }) =>
      html`<button name="customer" value="${name}">
        <strong>${name}</strong><small lang="nb">${note}</small>
      </button>`,
  );
  const body = html`<p class="note">${words.whoNote}</p>
    <form method="post">
      ${buttons}
      <button class="quiet" name="decision" value="cancel">${words.cancel}</button>
    </form>`;
  return c.html(bankPage(session.bank, words.whoAreYou, { language: session.language, body }));
}

async function accountsPage(
  c: PageContext,
  session: Session,
  { accounts, isFaulty }: { accounts: LedgerAccount[]; isFaulty: boolean },
): Promise<Response> {
  const words = texts[session.language];
  const boxes = accounts.map(
    ({ accountNumber, name }) =>
      html`<label>
        <input type="checkbox" name="account" value="${accountNumber}" ${isFaulty ? '' : 'checked'} />
        <span>${name}<small>${formatAccountNumber(accountNumber)}</small></span>
      </label>`,
  );
  const fault = html`<p class="fault" role="alert">${words.noAccountChosen}</p>`;
  const body = html`<p>${session.holder}</p>
    <p class="note">${words.consentNote(day(session.validUntil, session.language))}</p>
    ${isFaulty ? fault : ''}
    <form method="post">
      <fieldset>
        <legend>${words.accountsLegend}</legend>
        ${boxes}
      </fieldset>
      <button class="primary" name="decision" value="approve">${words.approveConsent}</button>
      <button class="quiet" name="decision" value="cancel">${words.cancel}</button>
    </form>`;
  const page = bankPage(session.bank, words.chooseAccounts, { language: session.language, body });
  return c.html(page, isFaulty ? 422 : 200);
}
