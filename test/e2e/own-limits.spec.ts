import { expect, test } from './drop.ts';

test('a limit that the customer sets refuses a payment above it, until it is removed', async ({
  drop,
  page,
}) => {
  await drop.begin('customer');
  await drop.open('/profile');
  const limit = page.getByLabel('For én betaling');
  const save = drop.button('Lagre betalingsgrensen');
  await limit.fill('mye');
  await save.click();
  await expect(drop.text('Skriv et beløp i kroner')).toBeVisible();
  await expect(limit).toBeFocused();
  await drop.look('settings-limit-fault');
  await drop.button('English').click();
  await expect(drop.text('Enter an amount in kroner')).toBeVisible();
  await drop.button('Norsk').click();
  await limit.fill('200');
  await save.click();
  await expect(limit).toHaveValue('200,00');
  await drop.look('settings-limits');

  await drop.fillPayment('201', '2345676');
  await drop.confirmPayment();
  await expect(drop.text('Beløpet er over grensen du selv har satt for én betaling')).toBeVisible();
  await drop.look('pay-above-own-limit');

  await drop.open('/profile');
  await limit.fill('');
  await save.click();
  await expect(drop.text('Grensen er fjernet')).toBeAttached();
  await drop.open('/pay');
  await drop.button('Kontroller betalingen').click();
  await drop.confirmPayment();
  await expect(drop.button('Godkjenn')).toBeVisible();
});
