import { readFile } from 'node:fs/promises';
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from './drop.ts';

test('a customer downloads the data, closes the account, and is a new customer at the next sign-in', async ({
  drop,
  page,
}) => {
  await drop.begin('customer');
  await drop.open('/settings');
  await page
    .getByRole('main')
    .getByRole('link', { name: /^Personvern/ })
    .click();
  await drop.button('Be om en kopi').click();
  await expect(drop.heading('Kopien er klar')).toBeVisible();
  await drop.look('privacy-ready');
  const downloading = page.waitForEvent('download');
  await drop.link(/^Last ned/).click();
  const archive = unzipSync(await readFile(await (await downloading).path()));
  expect(strFromU8(archive['index.html'] ?? new Uint8Array())).toContain('<h2>Bankkonto');

  await drop.button('Avslutt for godt').click();
  await expect(drop.text('Skriv ordet AVSLUTT.')).toBeVisible();
  await page.getByLabel('Skriv AVSLUTT for å bekrefte').fill('avslutt');
  await drop.button('Avslutt for godt').click();
  await expect(drop.heading('Kundeforholdet er avsluttet')).toBeVisible();
  await drop.look('account-closed');
  await drop.open('/accounts');
  await expect(drop.link('Logg inn med BankID')).toBeVisible();

  await drop.signIn();
  await drop.open('/privacy');
  await expect(drop.button('Be om en kopi')).toBeVisible();
});

test('an account with a payment that is not over cannot be closed, and says why', async ({ drop, page }) => {
  await drop.begin('customer');
  await drop.fillPayment('200', '2345676');
  await drop.confirmPayment();
  await expect(drop.button('Godkjenn')).toBeVisible();
  await drop.open('/privacy');
  await expect(drop.heading('Du kan ikke avslutte ennå')).toBeVisible();
  await drop.look('privacy-open-payment');
  await drop.link('Se betalingene').click();
  await expect(page).toHaveURL(/\/payments\?status=ongoing/);
});
