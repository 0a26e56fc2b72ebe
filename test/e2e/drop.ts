import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { Journey } from '#cli/journey.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { startSandbox, type RunningSandbox } from '../support/sandbox.ts';
import { createTestDatabase, startTestServer } from '../support/test-server.ts';

/** WCAG 2.2 AA as far as a machine can tell; the rule of 2.2 is off unless its tag is named. */
const wcagTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** A dialog that is still fading in has other colours; what never ends (a skeleton) is not waited for. */
const animationsOver = `Promise.all(
  document.getAnimations()
    .filter((animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime))
    .map((animation) => animation.finished.catch(() => undefined)),
).then(() => undefined)`;

/** A picture of the full page changes the size of the window and back: what is clicked next must have come to rest. */
const layoutOver = `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(undefined))))`;

/** The open banking provider that serves the customers of a test; a project of Playwright's sets it. */
export interface ProviderOption {
  provider: string;
}

interface Fixtures extends ProviderOption {
  sandbox: RunningSandbox;
  drop: Drop;
}

interface WorkerFixtures {
  /** Of a PostgreSQL server that all tests of a worker take databases from. */
  postgresUrl: string;
}

/** Every test has a sandbox and a database of its own, on free ports, with nothing in it. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  // Playwright reads from the pattern which fixtures are wanted: none.
  postgresUrl: [
    async ({}, use) => {
      const server = await startTestServer();
      await use(server.url);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  provider: [openBankingProviders[0].id, { option: true }],
  sandbox: async ({ postgresUrl, provider }, use, testInfo) => {
    const database = await createTestDatabase(postgresUrl);
    const environment = { DATABASE_URL: database.url, OPENBANKING_PROVIDER: provider };
    const sandbox = await startSandbox({ environment });
    await use(sandbox);
    if (testInfo.status !== testInfo.expectedStatus)
      await testInfo.attach('drop.log', { path: join(sandbox.dataDirectory, 'drop.log') });
    await sandbox.remove();
    await database.drop();
  },
  drop: async ({ page, sandbox }, use, testInfo) => {
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      // A page that Drop served with its true status (401, 503 …) is reported by the browser as a failed load.
      const isStatus = /Failed to load resource: the server responded with a status/.test(message.text());
      if (message.type() === 'error' && !isStatus) complaints.push(message.text());
    });
    await use(new Drop(page, sandbox, (name) => testInfo.outputPath(`${name}.png`)));
    expect(complaints, 'nothing went wrong in the browser').toEqual([]);
    // The sandbox lets requests in hand end before it stops, and a page that listens for changes has one.
    await page.context().close();
  },
});

export { expect };

/** What a customer does, in words. */
export class Drop {
  readonly page: Page;
  readonly #sandbox: RunningSandbox;
  readonly #pathOf: (name: string) => string;

  constructor(page: Page, sandbox: RunningSandbox, pathOf: (name: string) => string) {
    this.page = page;
    this.#sandbox = sandbox;
    this.#pathOf = pathOf;
  }

  async open(path = '/'): Promise<void> {
    await this.page.goto(`${this.#sandbox.appOrigin}${path}`);
  }

  heading(name: string | RegExp) {
    return this.page.getByRole('heading', { name });
  }

  /** Text in the page proper, not what is read aloud beside it. */
  text(text: string | RegExp) {
    return this.page.getByRole('main').getByText(text).first();
  }

  button(name: string | RegExp) {
    return this.page.getByRole('button', { name });
  }

  link(name: string | RegExp) {
    return this.page.getByRole('link', { name });
  }

  /** Checks the screen for what a machine can see of accessibility, and takes its picture. */
  async look(name: string): Promise<void> {
    await this.page.evaluate(animationsOver);
    const { violations } = await new AxeBuilder({ page: this.page }).withTags(wcagTags).analyze();
    const found = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    );
    expect(found, `accessibility of "${name}"`).toEqual([]);
    await this.page.screenshot({ path: this.#pathOf(name), fullPage: true });
    await this.page.evaluate(layoutOver);
  }

  /**
   * Where a test begins, reached over HTTP in a fraction of the time; the way there has tests of its own. `person` is
   * who it is at BankID, and `customer` at the bank.
   */
  async begin(
    as: 'signed in' | 'verified' | 'customer',
    { person, customer } = { person: 'kari', customer: 'Kari Testnes' },
  ): Promise<void> {
    const journey = new Journey(this.#sandbox.appOrigin, [person, customer]);
    await journey.signIn();
    if (as !== 'signed in') await journey.verify();
    if (as === 'customer') await journey.linkBank();
    const url = this.#sandbox.appOrigin;
    await this.page
      .context()
      .addCookies(journey.cookies.map((cookie) => ({ ...cookie, url, httpOnly: true })));
    await journey.close();
  }

  async signIn(person = 'Kari Testnes'): Promise<void> {
    await this.open('/sign-in');
    await this.link('Logg inn med BankID').click();
    await this.button(new RegExp(person)).click();
  }

  /** At Sumsub, in its frame. */
  async verify(choice: string | RegExp = /^Godkjent/): Promise<void> {
    await this.open('/verify');
    await this.button(/Start kontrollen|Fortsett kontrollen|Prøv igjen/).click();
    const frame = this.page.frameLocator('iframe');
    await frame.getByRole('radio', { name: choice }).check();
    await frame.getByRole('button', { name: 'Send inn' }).click();
  }

  async linkBank(bank = 'DNB', customer = 'Kari Testnes'): Promise<void> {
    await this.open('/banks');
    await this.page.getByText(bank, { exact: true }).click();
    await this.button(`Fortsett til ${bank}`).click();
    await this.button(new RegExp(customer)).click();
    await this.button('Godkjenn').click();
  }

  async fillPayment(amount = '250,00', kid = '2345676'): Promise<void> {
    await this.open('/pay');
    await this.page.getByLabel('Til kontonummer').fill('15032080178');
    await this.page.getByLabel('Mottakerens navn').fill('Strømselskapet AS');
    await this.page.getByLabel('Beløp').fill(amount);
    await this.page.getByRole('radio', { name: 'KID' }).check();
    await this.page.getByRole('textbox', { name: 'KID' }).fill(kid);
    await this.button('Kontroller betalingen').click();
  }

  async confirmPayment(bank = 'DNB'): Promise<void> {
    await expect(this.heading('Kontroller og bekreft')).toBeVisible();
    await this.button(`Bekreft og gå til ${bank}`).click();
  }

  control(emulator: string, what: string, parameters: object = {}): Promise<unknown> {
    return this.#sandbox.control('POST', `/${emulator}/${what}`, parameters);
  }
}
