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
