import { expect, test } from './drop.ts';

test.describe('where cards are on', () => {
  test.use({ flags: 'cards,physical-cards' });

  test('a card is ordered, frozen, limited, tried, replaced and canceled', async ({ drop, page }) => {
    await drop.begin('verified');
    await drop.open('/');
    await page.getByRole('navigation').getByRole('link', { name: 'Kort' }).click();
    await expect(drop.heading('Dette er testkort')).toBeVisible();
    await expect(drop.text('trenger Drop en partner')).toBeVisible();
    await drop.button('Bestill virtuelt testkort').click();
    await expect(drop.heading('Virtuelt kort')).toBeVisible();
    await expect(drop.text('verken kortnummer eller sikkerhetskode')).toBeVisible();

    await drop.button('Frys kortet').click();
    await expect(drop.text('Kortet er fryst, og alle kjøp blir avvist')).toBeVisible();
    await page.getByLabel('Beløp', { exact: true }).fill('249,90');
    await drop.button('Prøv kjøpet').click();
    await expect(drop.text(/Kjøpet på 249,90.kr ble avvist/)).toBeVisible();
    await expect(drop.text('Kortet var fryst eller ikke aktivert.')).toBeVisible();
    await drop.button('Åpne kortet').click();
    await expect(drop.button('Frys kortet')).toBeVisible();

    await page.getByLabel('Høyeste beløp').fill('300');
    await page.getByLabel('Gjelder').selectOption({ label: 'per dag' });
    await drop.button('Lagre grensen').click();
    await expect(drop.text('Grensen er lagret')).toBeVisible();
    await drop.button('Prøv kjøpet').click();
    await expect(drop.text(/Kjøpet på 249,90.kr ble godkjent/)).toBeVisible();
    await drop.button('Prøv kjøpet').click();
    await expect(drop.text(/Kjøpet på 249,90.kr ble avvist/)).toBeVisible();
    await expect(drop.text('Kjøpet var over beløpsgrensen.')).toBeVisible();

    const first = page.url();
    await drop.button('Erstatt kortet').click();
    await page.getByRole('radio', { name: 'Det er stjålet' }).check();
    await drop.button('Ja, erstatt kortet').click();
    await expect(page).not.toHaveURL(first);
    await expect(drop.text('Du har ikke prøvd noen kjøp med dette kortet.')).toBeVisible();
    await expect(page.getByLabel('Høyeste beløp')).toHaveValue('300,00');

    await drop.button('Sperr kortet').click();
    await drop.button('Ja, sperr kortet').click();
    await expect(drop.text('Du har ingen kort ennå.')).toBeVisible();
    await expect(drop.heading('Sperrede kort')).toBeVisible();
    await expect(drop.button('Bestill virtuelt testkort')).toBeVisible();
  });
});

test('where cards are off, the navigation has none, and their address leads to nothing', async ({
  drop,
  page,
}) => {
  await drop.begin('verified');
  await drop.open('/cards');
  await expect(drop.heading('Vi finner ikke det du leter etter')).toBeVisible();
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Betalinger' })).toBeVisible();
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Kort' })).toHaveCount(0);
});
