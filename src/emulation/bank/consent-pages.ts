import { randomUUID } from 'node:crypto';
import { Hono, type Context } from 'hono';
import { html } from 'hono/html';
import { formatAccountNumber } from '#domain/banking/account-number.ts';
import type { EmulatorContext, EmulatorEnvironment } from '#emulation/emulator.ts';
import { bankPage, overPage } from './bank-page.ts';
import type { SandboxBankCustomer } from './customers.ts';
import type { LedgerAccount } from './ledger.ts';
import { day, texts } from './texts.ts';
import type { BankConsent, BankPayment, World } from './world.ts';

const visitMs = 15 * 60_000;

type PageContext = Context<EmulatorEnvironment>;

/** What a provider's protocol adds to the banks' pages of a consent. */
export interface ConsentPages<Consent extends BankConsent> {
  context: EmulatorContext;
  customers: readonly SandboxBankCustomer[];
  world(): World<Consent, BankPayment>;
  /** The provider's own address to which the application sends the customer, with the consent's id in `parameter`. */
  start: { path: string; parameter: string };
  /** The customer shared accounts. Returns the address to which the browser goes back. */
  onGranted(consent: Consent): string;
  /** The customer said no. Returns the address to which the browser goes back. */
  onDeclined(consent: Consent): string;
}

/** The bank's pages of a consent: who the customer is, which accounts, yes or no. Plain forms, no script. */
export function consentPages<Consent extends BankConsent>(
  options: ConsentPages<Consent>,
): Hono<EmulatorEnvironment> {
  const { customers, start } = options;
  const pages = new Hono<EmulatorEnvironment>();
  const guard = options.context.faults.guard('consent_page');

  pages.get(start.path, guard, async (c) => {
    const consent = openConsent(c.req.query(start.parameter), options);
    if (consent === undefined) return overPage(c);
    return c.redirect(pathOf(consent), 303);
  });

  pages.get('/bank/:bank/consents/:id', guard, async (c) => {
    const consent = openConsent(c.req.param('id'), options);
    if (consent === undefined) return overPage(c);
    return customerPage(c, consent, customers);
  });

  pages.post('/bank/:bank/consents/:id', guard, async (c) => {
    const consent = openConsent(c.req.param('id'), options);
    if (consent === undefined) return overPage(c);
    const form = await c.req.parseBody();
    const customer = customers.find(({ name }) => name === form['customer']);
    if (form['decision'] === 'cancel') return decline(c, consent, options);
    if (customer === undefined) return customerPage(c, consent, customers);
    consent.holder = customer.name;
    return c.redirect(`${pathOf(consent)}/accounts`, 303);
  });

  pages.get('/bank/:bank/consents/:id/accounts', guard, async (c) => {
    const consent = openConsent(c.req.param('id'), options);
    if (consent?.holder === undefined) return overPage(c, consent?.bank, consent?.language);
    return accountsPage(c, consent, { accounts: accountsOf(consent, options), isFaulty: false });
  });

  pages.post('/bank/:bank/consents/:id/accounts', guard, async (c) => {
    const consent = openConsent(c.req.param('id'), options);
    if (consent?.holder === undefined) return overPage(c, consent?.bank, consent?.language);
    const form = await c.req.parseBody({ all: true });
    if (form['decision'] === 'cancel') return decline(c, consent, options);
    const accounts = accountsOf(consent, options);
    const chosen = [form['account']].flat();
    const shared = accounts.filter(({ accountNumber }) => chosen.includes(accountNumber));
    if (shared.length === 0) return accountsPage(c, consent, { accounts, isFaulty: true });
    consent.status = 'granted';
    consent.accounts = shared.map((account) => ({ reference: randomUUID(), account }));
    return c.redirect(options.onGranted(consent), 303);
  });

  return pages;
}

const pathOf = ({ bank, id }: BankConsent): string => `/bank/${bank.slug}/consents/${id}`;

/** The consent while the bank still waits for the customer. */
function openConsent<Consent extends BankConsent>(
  id: string | undefined,
  { world, context }: ConsentPages<Consent>,
): Consent | undefined {
  const consent = world().consents.find((candidate) => candidate.id === id);
  if (consent?.status !== 'pending') return undefined;
  const ageMs = context.clock.now().getTime() - consent.createdAt.getTime();
  return ageMs < visitMs ? consent : undefined;
}

function accountsOf<Consent extends BankConsent>(
  consent: Consent,
  { world }: ConsentPages<Consent>,
): LedgerAccount[] {
  return world().accounts.filter(
    ({ bank, holder }) => bank.slug === consent.bank.slug && holder === consent.holder,
  );
}

function decline<Consent extends BankConsent>(
  c: PageContext,
  consent: Consent,
  { onDeclined }: ConsentPages<Consent>,
): Response {
  consent.status = 'declined';
  return c.redirect(onDeclined(consent), 303);
}

async function customerPage(
  c: PageContext,
  consent: BankConsent,
  customers: readonly SandboxBankCustomer[],
): Promise<Response> {
  const words = texts[consent.language];
  const buttons = customers.map(
    ({ name, note }) =>
      html`<button name="customer" value="${name}">
        <strong>${name}</strong><small>${note[consent.language]}</small>
      </button>`,
  );
  const body = html`<p class="note">${words.whoNote}</p>
    <form method="post">
      ${buttons}
      <button class="quiet" name="decision" value="cancel">${words.cancel}</button>
    </form>`;
  return c.html(bankPage(consent.bank, words.whoAreYou, { language: consent.language, body }));
}

async function accountsPage(
  c: PageContext,
  consent: BankConsent,
  { accounts, isFaulty }: { accounts: LedgerAccount[]; isFaulty: boolean },
): Promise<Response> {
  const words = texts[consent.language];
  const boxes = accounts.map(
    ({ accountNumber, name }) =>
      html`<label>
        <input type="checkbox" name="account" value="${accountNumber}" ${isFaulty ? '' : 'checked'} />
        <span>${name}<small>${formatAccountNumber(accountNumber)}</small></span>
      </label>`,
  );
  const fault = html`<p class="fault" role="alert">${words.noAccountChosen}</p>`;
  const body = html`<p>${consent.holder}</p>
    ${consent.approvesInApp === true ? html`<p class="note">${words.inApp}</p>` : ''}
    <p class="note">
      ${words.consentNote(day(consent.validUntil, consent.language), consent.readsTransactions === true)}
    </p>
    ${isFaulty ? fault : ''}
    <form method="post">
      <fieldset>
        <legend>${words.accountsLegend}</legend>
        ${boxes}
      </fieldset>
      <button class="primary" name="decision" value="approve">${words.approveConsent}</button>
      <button class="quiet" name="decision" value="cancel">${words.cancel}</button>
    </form>`;
  const page = bankPage(consent.bank, words.chooseAccounts, { language: consent.language, body });
  return c.html(page, isFaulty ? 422 : 200);
}
