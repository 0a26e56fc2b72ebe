import type { Browser } from '@playwright/test';
import type { RunningSandbox } from '../support/sandbox.ts';
import { Drop, expect, test } from './drop.ts';

const name = 'Mottakerens navn';
const key = '2345676';

/** Fills in what is needed for the review, and waits until it is kept. */
async function fill(drop: Drop): Promise<void> {
  const kept = drop.page.waitForResponse(isDraftKept);
  await drop.fillPayment('250,00', key);
  await kept;
  await expect(drop.heading('Kontroller og bekreft')).toBeVisible();
}

function isDraftKept(response: { url(): string; request(): { method(): string } }): boolean {
  return response.url().endsWith('/api/payment-draft') && response.request().method() === 'PUT';
}

/** Ends the customer's session at another device. */
async function endSession(browser: Browser, sandbox: RunningSandbox): Promise<void> {
  const context = await browser.newContext();
  const other = new Drop(await context.newPage(), sandbox, (file) => test.info().outputPath(file));
  await other.signIn();
  await expect(other.heading('Hei, Kari')).toBeVisible();
  await other.page.evaluate(
    `fetch('/api/devices')
      .then((answer) => answer.json())
      .then(({ devices }) => Promise.all(devices
        .filter(({ isCurrent }) => !isCurrent)
        .map(({ id }) => fetch('/api/devices/' + id, {
          method: 'DELETE', headers: { 'content-type': 'application/json' },
        }))))
      .then(() => undefined)`,
  );
  await context.close();
}

test('Back from the review leads to the filled form, and Forward to the review', async ({ drop, page }) => {
  await drop.begin('customer');
  await fill(drop);
  await page.goBack();
  await expect(page).toHaveURL(/\/pay$/);
  await expect(page.getByLabel(name)).toHaveValue('Strømselskapet AS');
  await expect(page.getByRole('textbox', { name: 'KID' })).toHaveValue(key);
  await page.goForward();
  await expect(drop.heading('Kontroller og bekreft')).toBeFocused();
  await drop.button('Endre').click();
  await expect(page).toHaveURL(/\/pay$/);
  await expect(drop.heading(/^Betal$/)).toBeFocused();
  await page.getByLabel(name).fill('Nordlys');
  await drop.button('Kontroller betalingen').click();
  await expect(page.getByTestId('review')).toContainText('Nordlys');
});

test('a reload keeps the review and the form as they were', async ({ drop, page }) => {
  await drop.begin('customer');
  await fill(drop);
  await page.reload();
  await expect(page.getByTestId('review')).toContainText('Strømselskapet AS');
  await drop.button('Endre').click();
  await expect(page.getByLabel(name)).toHaveValue('Strømselskapet AS');
  const kept = page.waitForResponse(isDraftKept);
  await page.getByLabel(name).fill('Nord');
  await kept;
  await page.reload();
  await expect(page.getByLabel(name)).toHaveValue('Nord');
  await expect(drop.text(/Vi har hentet fram utkastet ditt/)).toBeVisible();
  await drop.look('draft-restored');
  await drop.button('English').click();
  await expect(page.getByLabel("Recipient's name")).toHaveValue('Nord');
  await drop.look('draft-restored-en');
});

test('what was typed a moment before the page was closed is kept', async ({ drop, page }) => {
  await drop.begin('customer');
  await drop.open('/pay');
  await page.getByLabel(name).fill('Nordlys');
  await drop.open('/pay');
  await expect(page.getByLabel(name)).toHaveValue('Nordlys');
});

test('a draft that the closed page sent is waited for, if the next page asks before it has arrived', async ({
  drop,
  page,
}) => {
  await drop.begin('customer');
  await drop.open('/pay');
  await page.getByLabel(name).fill('Nordlys');
  const before = { body: JSON.stringify({ draft: null }), contentType: 'application/json' };
  let asked = 0;
  await page.route('**/api/payment-draft', (route) =>
    route.request().method() === 'GET' && asked++ === 0 ? route.fulfill(before) : route.continue(),
  );
  await drop.open('/pay');
  await expect(page.getByLabel(name)).toHaveValue('Nordlys');
});

test('a draft opens in another tab, and starting over discards it', async ({ drop, page, sandbox }) => {
  await drop.begin('customer');
  await fill(drop);
  const second = await page.context().newPage();
  await second.goto(`${sandbox.appOrigin}/pay`);
  await expect(second.getByLabel(name)).toHaveValue('Strømselskapet AS');
  const gone = second.waitForResponse((answer) => answer.request().method() === 'DELETE');
  await second.getByRole('button', { name: 'Start på nytt' }).click();
  await expect(second.getByLabel(name)).toHaveValue('');
  await gone;
  await second.reload();
  await expect(second.getByLabel('Til kontonummer')).toHaveValue('');
  await expect(second.getByRole('button', { name: 'Start på nytt' })).toHaveCount(0);
  await second.close();
});

test('the review without a draft leads to the form and to the payments', async ({ drop, page }) => {
  await drop.begin('customer');
  await drop.open('/pay?step=review');
  await expect(drop.text('Vi fant ikke noe utkast')).toBeVisible();
  await expect(page).toHaveURL(/\/pay$/);
  await drop.look('draft-lost');
});

test('a session that ended before Confirm leads to the sign-in with a reason, and back to the review', async ({
  browser,
  drop,
  page,
  sandbox,
}) => {
  await drop.begin('customer');
  await fill(drop);
  await page.route('**/api/events', (route) => route.abort());
  await page.reload();
  await expect(drop.heading('Kontroller og bekreft')).toBeVisible();
  await endSession(browser, sandbox);
  await drop.confirmPayment();
  await expect(drop.heading('Du ble logget ut')).toBeVisible();
  await expect(drop.text(/utkastet tatt vare på/)).toBeVisible();
  await drop.look('session-ended');
  await drop.link('Logg inn med BankID').click();
  await drop.button(/Kari Testnes/).click();
  await expect(drop.heading('Kontroller og bekreft')).toBeVisible();
  await expect(page.getByTestId('review')).toContainText('Strømselskapet AS');
  await drop.confirmPayment();
  await expect(drop.button('Godkjenn')).toBeVisible();
});

test('an earlier payment fills in the form before the draft, which can be taken instead', async ({
  drop,
  page,
}) => {
  await drop.begin('customer');
  await drop.fillPayment();
  await drop.confirmPayment();
  await drop.button('Avbryt').click();
  await drop.link('Prøv på nytt').click();
  await expect(page.getByLabel(name)).toHaveValue('Strømselskapet AS');
  await expect(drop.button('Hent fram utkastet')).toHaveCount(0);
  const url = page.url();
  await drop.open('/pay');
  const kept = page.waitForResponse(isDraftKept);
  await page.getByLabel(name).fill('Nordlys');
  await kept;
  await page.goto(url);
  await expect(page.getByLabel(name)).toHaveValue('Strømselskapet AS');
  await drop.look('again-over-draft');
  await drop.button('Hent fram utkastet').click();
  await expect(page.getByLabel(name)).toHaveValue('Nordlys');
});

test('faults of the form are in the language that is chosen after them', async ({ drop, page }) => {
  await drop.begin('customer');
  await drop.open('/pay');
  await drop.button('Kontroller betalingen').click();
  await expect(drop.text('Skriv mottakerens navn')).toBeVisible();
  await drop.button('English').click();
  await expect(drop.text("Enter the recipient's name")).toBeVisible();
  await expect(page.getByText('Skriv mottakerens navn')).toHaveCount(0);
  await drop.look('faults-en');
});
