import type { Browser } from '@playwright/test';
import type { RunningSandbox } from '../support/sandbox.ts';
import { Drop, expect, test } from './drop.ts';

const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0';
const endFirefox = /^Logg ut enheten: Firefox på Windows/;

/** A second browser context, with its own cookies and Firefox's user agent. */
async function otherBrowser(browser: Browser, sandbox: RunningSandbox): Promise<Drop> {
  const context = await browser.newContext({ userAgent: firefox });
  return new Drop(await context.newPage(), sandbox, (name) => test.info().outputPath(`other-${name}.png`));
}

async function status({ page }: Drop, sandbox: RunningSandbox): Promise<number> {
  return (await page.request.get(`${sandbox.appOrigin}/api/me`)).status();
}

test('the device list is linked from the accounts page and, on a wide screen, from the header', async ({
  drop,
}, testInfo) => {
  await drop.begin('signed in');
  await drop.open('/accounts');
  await drop.look('accounts-with-link');
  await drop.link('Se enhetene du er logget inn på').click();
  await expect(drop.heading('Enhetene dine')).toBeFocused();
  await expect(drop.text('Du er ikke logget inn på andre enheter.')).toBeVisible();
  await expect(drop.button('Logg ut på alle enheter')).toHaveCount(0);
  await drop.look('only-this-device');
  await drop.open('/');
  const link = drop.link('Innstillinger');
  await expect(link).toHaveCount(testInfo.project.name === 'phone' ? 0 : 1);
});

test('a browser that is signed out from another one goes to the sign-in screen by itself', async ({
  browser,
  drop,
  sandbox,
}) => {
  await drop.begin('signed in');
  const other = await otherBrowser(browser, sandbox);
  await other.signIn();
  await expect(other.heading('Hei, Kari')).toBeVisible();
  await other.open('/payments');
  await expect(other.heading(/^Betalinger$/)).toBeVisible();

  await drop.open('/devices');
  await expect(drop.heading('Firefox på Windows')).toBeVisible();
  await expect(drop.text('Denne enheten')).toBeVisible();
  await drop.look('devices');
  await drop.button('English').click();
  await expect(drop.heading('Firefox on Windows')).toBeVisible();
  await drop.look('devices-en');
  await drop.button('Norsk').click();
  await drop.button(endFirefox).click();

  await expect(drop.heading('Firefox på Windows')).toHaveCount(0);
  await expect(drop.page.getByTestId('announcer')).toHaveText('Firefox på Windows er logget ut');
  await expect(other.heading('Du ble logget ut')).toBeVisible();
  expect(await status(other, sandbox)).toBe(401);
  expect(await status(drop, sandbox)).toBe(200);
  await other.page.context().close();
});

test('signing out of all devices asks for confirmation, then signs out every browser', async ({
  browser,
  drop,
  sandbox,
}) => {
  await drop.begin('signed in');
  const other = await otherBrowser(browser, sandbox);
  await other.signIn();
  await expect(other.heading('Hei, Kari')).toBeVisible();

  await drop.open('/devices');
  await drop.button('Logg ut på alle enheter').click();
  await drop.look('everywhere-asked');
  await drop.button('Avbryt').click();
  expect(await status(other, sandbox)).toBe(200);
  await drop.button('Logg ut på alle enheter').click();
  await drop.button('Ja, logg ut på alle enheter').click();

  await expect(drop.text('Du er logget ut')).toBeVisible();
  expect(await status(drop, sandbox)).toBe(401);
  expect(await status(other, sandbox)).toBe(401);
  await other.page.context().close();
});

test('a device list that cannot be loaded shows an error and can be loaded again', async ({ drop, page }) => {
  await drop.begin('signed in');
  const seen = Promise.withResolvers<undefined>();
  await page.route('**/api/devices', async (route) => {
    await seen.promise;
    await route.fulfill({ status: 503 });
  });
  await drop.open('/devices');
  await expect(page.getByText('Laster', { exact: true })).toBeAttached();
  seen.resolve(undefined);
  await expect(page.getByRole('alert')).toBeVisible();
  await drop.look('devices-unread');
  await page.unroute('**/api/devices');
  await drop.button('Prøv igjen').click();
  await expect(drop.text('Denne enheten')).toBeVisible();
});
