import { expect, test } from './drop.ts';

test('an error changes its language with the rest of the screen', async ({ drop, page }) => {
  await drop.begin('customer');
  await page.route('**/api/accounts/*/refresh', (route) =>
    route.fulfill({
      status: 404,
      json: { code: 'account_unknown', message: 'Vi finner ikke kontoen.', requestId: '1', status: 404 },
    }),
  );
  await drop.open('/accounts');
  await drop
    .button(/^Oppdater saldo/)
    .first()
    .click();
  await expect(page.getByRole('alert')).toContainText('Vi finner ikke kontoen.');
  await drop.button('English').click();
  await expect(page.getByRole('alert')).toContainText('We cannot find the account.');
  await expect(page.getByRole('alert')).not.toContainText('kontoen');
});

/** With a status at which the app does not try again by itself. */
const unavailable = {
  status: 400,
  json: { code: 'database_unavailable', message: 'Utilgjengelig.', requestId: '1', status: 400 },
};

test('a sign-out without an answer that says so is told, and can be tried again', async ({ drop, page }) => {
  await drop.begin('signed in');
  await page.route('**/api/auth/logout', (route) => route.fulfill(unavailable), { times: 1 });
  await drop.open('/help');
  await drop.button('Logg ut').click();
  await expect(page.getByTestId('offline')).toHaveText(/ikke bekreftet at du er logget ut/);
  await drop.look('sign-out-failed');
  await drop.button('Logg ut').click();
  await expect(drop.heading('Du er logget ut')).toBeVisible();
  await expect(page.getByTestId('offline')).toHaveText('');
});

test('the form of a payment opens where the recipients cannot be read', async ({ drop, page }) => {
  await drop.begin('customer');
  await page.route('**/api/creditors', (route) => route.fulfill(unavailable));
  await drop.open('/pay');
  await expect(page.getByLabel('Beløp')).toBeVisible();
});

test('the form of a payment does not open where it is not known whether one was begun', async ({
  drop,
  page,
}) => {
  await drop.begin('customer');
  await page.route('**/api/payment-draft', (route) => route.fulfill(unavailable), {
    times: 1,
  });
  await drop.open('/pay');
  await expect(page.getByRole('alert')).toContainText('Tjenesten er utilgjengelig');
  await drop.button('Prøv igjen').click();
  await expect(page.getByLabel('Beløp')).toBeVisible();
});

for (const { contact, shown } of [
  { contact: 'https://drop.example/hjelp', shown: 'with its address' },
  { contact: null, shown: 'nowhere if it has none' },
]) {
  test(`customer service is named ${shown}`, async ({ drop, page }) => {
    await page.route('**/api/app', async (route) => {
      const response = await route.fetch();
      const app = (await response.json()) as object;
      await route.fulfill({ response, json: { ...app, supportContact: contact } });
    });
    await drop.begin('signed in');
    await drop.open('/api/openbanking/callback?state=unknown');
    await expect(drop.text('consent_state_mismatch')).toBeVisible();
    await expect(page.getByText(/kundeservice/i)).toHaveCount(contact === null ? 0 : 1);
    await expect(page.locator(`a[href="${contact}"]`)).toHaveCount(contact === null ? 0 : 1);
  });
}
