import { expect, test } from './drop.ts';

/* A page whose files do not arrive logs failed loads, which the fixture would count as complaints. */
const aborted = 'internetdisconnected';

test('the page says that it is loading before its scripts and stylesheets have arrived', async ({
  drop,
  page,
}) => {
  const held = Promise.withResolvers<undefined>();
  await page.route('**/assets/**', async (route) => {
    await held.promise;
    await route.continue();
  });
  await page.goto(drop.addressOf('/'), { waitUntil: 'commit' });
  await expect(page.getByText('Laster …')).toBeVisible();
  await expect(page.locator('#loading')).toHaveCSS('color', 'rgb(20, 35, 31)');
  held.resolve(undefined);
  await expect(drop.heading('Betal rett fra banken din')).toBeVisible();
  await expect(page.locator('#loading')).toHaveCount(0);
});

test('a screen that cannot be loaded offline says so, shows no empty promise, and opens when online', async ({
  context,
  drop,
  page,
}) => {
  await drop.begin('signed in');
  await drop.open('/');
  await expect(drop.heading('Hei, Kari')).toBeVisible();
  drop.expectComplaints();
  await page.route('**/assets/accounts-page*', (route) => route.abort(aborted));
  await context.setOffline(true);
  await drop.link('Kontoer').click();
  await expect(drop.heading('Du er uten nett')).toBeVisible();
  await expect(page.getByText(/feilkode/i)).toHaveCount(0);
  await expect(drop.button('Prøv igjen')).toBeVisible();
  await drop.look('offline');
  await page.unroute('**/assets/accounts-page*');
  await context.setOffline(false);
  await expect(drop.heading('Kontoer')).toBeVisible();
  // Its stylesheet did not arrive either, and comes with it.
  const rules = `document.querySelector('link[rel=stylesheet][href*="accounts-page"]')?.sheet?.cssRules.length`;
  expect(await page.evaluate(rules)).toBeGreaterThan(0);
});

test('a screen whose file is gone since a deployment reloads the page once', async ({ drop, page }) => {
  await drop.begin('signed in');
  await drop.open('/');
  await expect(drop.heading('Hei, Kari')).toBeVisible();
  drop.expectComplaints();
  await page.route('**/assets/accounts-page*', (route) => route.fulfill({ status: 404 }));
  const reloaded = page.waitForRequest((request) => request.isNavigationRequest());
  await drop.link('Kontoer').click();
  await reloaded;
  await page.unrouteAll({ behavior: 'wait' });
  await expect(page).toHaveURL(/\/accounts$/);
  await expect(drop.heading('Kontoer')).toBeVisible();
});

test('a screen whose file stays missing shows an error instead of reloading for ever', async ({
  drop,
  page,
}) => {
  await drop.begin('signed in');
  drop.expectComplaints();
  await page.route('**/assets/accounts-page*', (route) => route.fulfill({ status: 404 }));
  await drop.open('/accounts');
  await expect(drop.heading('Vi får ikke kontakt med Drop')).toBeVisible();
  await drop.look('screen-missing');
});

test('the chosen colours are there before the scripts, and the settings change them at once', async ({
  drop,
  page,
}) => {
  await drop.begin('signed in');
  await drop.open('/settings');
  const body = page.locator('body');
  await expect(body).toHaveCSS('background-color', 'rgb(248, 245, 238)');
  await page.getByRole('radio', { name: 'Mørkt' }).check();
  await expect(body).toHaveCSS('background-color', 'rgb(13, 22, 20)');
  const held = Promise.withResolvers<undefined>();
  await page.route('**/assets/**', async (route) => {
    await held.promise;
    await route.continue();
  });
  await page.reload({ waitUntil: 'commit' });
  await expect(page.getByText('Laster …')).toBeVisible();
  await expect(body).toHaveCSS('background-color', 'rgb(13, 22, 20)');
  held.resolve(undefined);
  await expect(page.getByRole('radio', { name: 'Mørkt' })).toBeChecked();
  await page.getByRole('radio', { name: 'Som enheten' }).check();
  expect((await page.context().cookies()).map(({ name }) => name)).not.toContain('drop-theme');
});
