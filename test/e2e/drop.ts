import { join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { Journey } from '#cli/journey.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { startSandbox, type RunningSandbox } from '../support/sandbox.ts';
import { createTestDatabase, startTestServer } from '../support/test-server.ts';
import { brokenRules, wcagTags } from './axe.ts';

/** A dialog that is still fading in has other colours. Animations without an end (a skeleton) are not awaited. */
export const animationsOver = `Promise.all(
  document.getAnimations()
    .filter((animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime))
    .map((animation) => animation.finished.catch(() => undefined)),
).then(() => undefined)`;

/** A full-page picture resizes the window and back, so the next click must wait for the layout. */
const layoutOver = `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(undefined))))`;

/** The open banking provider that serves the customers of a test; the first one unless a test says otherwise. */
export interface ProviderOption {
  provider: string;
}

/** The feature flags that are on in the sandbox of a test; none unless a test says otherwise. */
export interface FlagsOption {
  flags: string | undefined;
}

interface Fixtures extends ProviderOption, FlagsOption {
  sandbox: RunningSandbox;
  drop: Drop;
}

interface WorkerFixtures {
  /** The PostgreSQL server in which each test of a worker gets its own database. */
  postgresUrl: string;
}

/**
 * Set by `npm run example:nextjs`: where a Drop runs that is mounted in another server. Only tests that need no more of
 * a sandbox than the address of the app run there.
 */
const mountedAt = process.env['MOUNTED_AT'];

/** Every test has its own sandbox on free ports and its own empty database. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  // Playwright reads the wanted fixtures from the destructuring pattern: none here.
  postgresUrl: [
    async ({}, use) => {
      const server = await startTestServer();
      await use(server.url);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  provider: [openBankingProviders[0].id, { option: true }],
  flags: [undefined, { option: true }],
  sandbox: async ({ postgresUrl, provider, flags }, use, testInfo) => {
    if (mountedAt !== undefined) return use({ appOrigin: mountedAt } as RunningSandbox);
    const database = await createTestDatabase(postgresUrl);
    const environment = {
      DATABASE_URL: database.url,
      OPENBANKING_PROVIDER: provider,
      ...(flags !== undefined && { FEATURE_FLAGS: flags }),
    };
    const sandbox = await startSandbox({ environment });
    await use(sandbox);
    if (testInfo.status !== testInfo.expectedStatus)
      await testInfo.attach('drop.log', { path: join(sandbox.dataDirectory, 'drop.log') });
    // The orderly stop of a sandbox has its own tests, and is over a quarter of the time that one takes here.
    await sandbox.stop('SIGKILL');
    await sandbox.remove();
    await database.drop();
  },
  drop: async ({ page, sandbox }, use, testInfo) => {
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      // The browser reports a page that Drop served with an error status (401, 503 …) as a failed load.
      // A test that cuts the network causes the others.
      const isExpected =
        /^Unreachable: |^Failed to load resource: (the server responded with a status|net::ERR_(INTERNET_|FAILED))/;
      if (message.type() === 'error' && !isExpected.test(message.text())) complaints.push(message.text());
    });
    const drop = new Drop(page, sandbox, (name) => testInfo.outputPath(`${name}.png`));
    await use(drop);
    if (!drop.mayComplain) expect(complaints, 'nothing went wrong in the browser').toEqual([]);
    // An answer that a test was changing may arrive now.
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    // A page that loses its sandbox would go on asking for it.
    await page.context().close();
  },
});

export { expect };

/** The actions of a customer in the browser. */
export class Drop {
  readonly page: Page;
  readonly #sandbox: RunningSandbox;
  readonly #pathOf: (name: string) => string;
  mayComplain = false;

  constructor(page: Page, sandbox: RunningSandbox, pathOf: (name: string) => string) {
    this.page = page;
    this.#sandbox = sandbox;
    this.#pathOf = pathOf;
  }

  /** For a test in which files do not arrive, which the browser reports as errors. */
  expectComplaints(): void {
    this.mayComplain = true;
  }

  addressOf(path: string): string {
    return `${this.#sandbox.appOrigin}${path}`;
  }

  async open(path = '/'): Promise<void> {
    await this.page.goto(this.addressOf(path));
  }

  heading(name: string | RegExp) {
    return this.page.getByRole('heading', { name });
  }

  /** Text in the main content, without the announcements for screen readers. */
  text(text: string | RegExp) {
    return this.page.getByRole('main').getByText(text).first();
  }

  button(name: string | RegExp) {
    return this.page.getByRole('button', { name });
  }

  link(name: string | RegExp) {
    return this.page.getByRole('link', { name });
  }

  /** Checks the accessibility rules that axe can check, and takes a picture of the screen where these are wanted. */
  async look(name: string): Promise<void> {
    await this.page.evaluate(animationsOver);
    expect(await brokenRules(this.page, wcagTags), `accessibility of "${name}"`).toEqual([]);
    await this.picture(name);
  }

  /** Takes a picture of the whole screen, if `PICTURES` is set: it takes a tenth of the time of all tests. */
  async picture(name: string): Promise<void> {
    if (process.env['PICTURES'] === undefined) return;
    await this.page.screenshot({ path: this.#pathOf(name), fullPage: true });
    await this.page.evaluate(layoutOver);
  }

  /**
   * Brings the customer to the state in which a test begins. It does so over HTTP, which is much faster than the
   * screens, and the screens have their own tests. `person` is the name at BankID, and `customer` the one at the bank.
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

  /** Completes Sumsub's check in its frame. */
  async verify(choice: string | RegExp = /^Godkjent/): Promise<void> {
    await this.open('/verify');
    await this.button(/Start kontrollen|Fortsett kontrollen|Prøv igjen/).click();
    const frame = this.page.frameLocator('iframe');
    await frame.getByRole('radio', { name: choice }).check();
    await this.sendIn();
  }

  /**
   * Sends in what was chosen in Sumsub's frame. By keyboard, because the frame grows and moves, and a click can miss;
   * and with Space, which acts when it is let go: after Enter the frame can be gone before the key is up, and then the
   * browser never answers.
   */
  async sendIn(): Promise<void> {
    await this.page.frameLocator('iframe').getByRole('button', { name: 'Send inn' }).press('Space');
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
