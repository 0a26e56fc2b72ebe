import { expect, test } from './drop.ts';

test('values pasted with invisible characters or in the format that Drop shows are paid as intended', async ({
  drop,
  page,
}) => {
  await drop.begin('customer');
  await drop.open('/pay');
  await page.getByLabel('Til kontonummer').fill('\u202a1503 20\u200b80178\u202c');
  await expect(page.getByLabel('Til kontonummer')).toHaveValue('1503 20 80178');
  await page.getByLabel('Mottakerens navn').fill('Stro\u0308mselskapet\u00a0AS');
  await page.getByLabel('Beløp').fill('NOK 1,250.50');
  await page.getByRole('radio', { name: 'KID' }).check();
  const kid = page.getByRole('textbox', { name: 'KID' });
  // An iPhone chooses its keyboard by this attribute, and only the text keyboard has a hyphen.
  await expect(kid).toHaveAttribute('inputmode', 'text');
  await kid.fill('\u200e234565\u2013');
  await drop.button('Kontroller betalingen').click();
  const review = page.getByTestId('review');
  await expect(review).toContainText('Strömselskapet AS');
  await expect(review).toContainText('1503 20 80178');
  await expect(review).toContainText('1 250,50 kr');
  await expect(review).toContainText('234565-');
  await drop.confirmPayment();
  await expect(drop.button('Godkjenn')).toBeVisible();
});

test('characters that the bank cannot accept are named while the customer types', async ({ drop, page }) => {
  await drop.begin('customer');
  await drop.open('/pay');
  const message = page.getByLabel('Melding (valgfritt)');
  await message.fill('Takk 😀');
  const fault = page.getByText('Banken kan ikke ta imot disse tegnene: 😀. Fjern dem eller skriv noe annet');
  await expect(fault).toBeVisible();
  await expect(message).toHaveAttribute('aria-invalid', 'true');
  await drop.look('characters-not-carried');
  await message.fill('Takk for «sist» – kjempefint');
  await expect(fault).toHaveCount(0);
  await page.getByLabel('Mottakerens navn').fill('Ka\u200bri');
  await expect(page.getByText('Teksten har usynlige tegn. Slett den og skriv den på nytt')).toBeVisible();
});

test('what one bank does not take is said at the field before anything is sent', async ({ drop, page }) => {
  await drop.begin('verified');
  await drop.linkBank('Sbanken (DNB)');
  await drop.open('/pay');
  await page.getByLabel('Til kontonummer').fill('15032080178');
  await page.getByLabel('Mottakerens navn').fill('Strømselskapet AS');
  await page.getByLabel('Beløp').fill('250');
  await page.getByLabel('Melding (valgfritt)').fill('å'.repeat(109));
  await drop.button('Kontroller betalingen').click();
  await expect(page.getByText('Meldingen kan ha høyst 108 tegn. Du har skrevet 109').first()).toBeVisible();
  await expect(page.getByLabel('Melding (valgfritt)')).toHaveAttribute('aria-invalid', 'true');
  await page.getByRole('radio', { name: 'KID' }).check();
  await page.getByRole('textbox', { name: 'KID' }).fill('1234567897');
  await drop.button('Kontroller betalingen').click();
  await expect(page.getByText('Banken din tar ikke imot KID fra Drop.').first()).toBeVisible();
  await drop.look('kid-not-taken');
});
