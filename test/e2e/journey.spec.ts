import { expect, test } from './drop.ts';

test('a new customer gets from the front page to the receipt of a payment', async ({ drop, page }) => {
  await drop.open();
  await expect(drop.heading('Betal rett fra banken din')).toBeVisible();
  await drop.look('01-front-page');

  await drop.link('Logg inn med BankID').first().click();
  await expect(drop.heading('Hvem vil du logge inn som?')).toBeVisible();
  await drop.look('02-bankid');
  await drop.button(/Kari Testnes/).click();

  await expect(drop.heading(/Kari/)).toBeVisible();
  await drop.look('03-home-new');
  await drop.link('Bekreft identiteten').click();
  await expect(drop.heading('Bekreft identiteten')).toBeVisible();
  await drop.look('04-verify');
  await drop.button('Start kontrollen').click();
  const frame = page.frameLocator('iframe');
  await frame.getByRole('radio', { name: /^Godkjent/ }).check();
  await drop.look('05-verify-sumsub');
  await drop.sendIn();
  await expect(drop.heading('Identiteten er bekreftet')).toBeVisible();
  await drop.look('06-verified');

  await drop.link('Velg bank').click();
  await expect(drop.heading('Koble til bank')).toBeVisible();
  await drop.look('07-banks');
  await page.getByText('DNB', { exact: true }).click();
  await expect(drop.text('Dette deler banken med Drop')).toBeVisible();
  await drop.look('08-consent');
  await drop.button('Fortsett til DNB').click();
  await expect(drop.heading('Hvem er du?')).toBeVisible();
  await drop.look('09-bank-who');
  await drop.button(/Kari Testnes/).click();
  await expect(drop.heading('Hvilke kontoer vil du dele?')).toBeVisible();
  await drop.look('10-bank-accounts');
  await drop.button('Godkjenn').click();

  await expect(drop.text('DNB er koblet til')).toBeVisible();
  await expect(drop.text('48 213,50 kr')).toBeVisible();
  await drop.look('11-accounts');
  await drop.open();
  await drop.look('12-home');

  await drop.fillPayment();
  await expect(drop.heading('Kontroller og bekreft')).toBeVisible();
  await expect(drop.text('1503 20 80178')).toBeVisible();
  await drop.look('13-review');
  await drop.confirmPayment();
  await expect(drop.heading('Godkjenn betaling')).toBeVisible();
  await drop.look('14-bank-payment');
  await drop.button('Godkjenn').click();

  // The page updates by itself when the bank reports that the payment has settled, unless it has by now.
  await expect(drop.text('250,00 kr er trukket fra kontoen din.')).toBeVisible();
  await expect(drop.heading('Kvittering')).toBeVisible();
  await drop.look('15-receipt');

  await drop.open('/payments');
  await expect(drop.text('Strømselskapet AS')).toBeVisible();
  await drop.look('16-payments');
  await drop.open('/accounts');
  await expect(drop.text('182 000,00 kr')).toBeVisible();
});

test('every screen has an English version', async ({ drop, page }) => {
  await drop.begin('customer');
  await drop.open();
  await drop.button('English').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await drop.look('en-01-home');
  for (const [path, name] of [
    ['/verify', 'verify'],
    ['/banks', 'banks'],
    ['/accounts', 'accounts'],
    ['/pay', 'pay'],
    ['/payments', 'payments'],
    ['/nowhere', 'not-found'],
  ]) {
    await drop.open(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await drop.look(`en-${name}`);
  }
});

test("the screen says when the recipient's account has been credited", async ({ drop }) => {
  await drop.begin('verified');
  await drop.linkBank('Nordea');
  await expect(drop.text('Nordea er koblet til')).toBeVisible();
  await drop.fillPayment();
  await drop.confirmPayment('Nordea');
  await drop.button('Godkjenn').click();
  await expect(drop.text('Pengene er på mottakerens konto.')).toBeVisible();
});
