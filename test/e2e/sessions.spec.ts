import { expect, test } from './drop.ts';

test("a sign-out leaves the customer's other tabs at once, without asking the server", async ({
  context,
  drop,
  page,
  sandbox,
}) => {
  await drop.begin('customer');
  drop.expectComplaints();
  await drop.open('/accounts');
  await expect(drop.text('48 213,50 kr')).toBeVisible();
  const other = await context.newPage();
  await other.goto(`${sandbox.appOrigin}/payments`);
  await expect(other.getByRole('heading', { level: 1, name: 'Betalinger' })).toBeVisible();
  // Nothing but the message of the other tab can tell this one.
  await page.route('**/api/**', (route) => route.abort());
  await other.getByRole('button', { name: 'Logg ut' }).click();
  await expect(drop.text('Du er logget ut')).toBeVisible();
  await expect(page.getByText('48 213,50 kr')).toHaveCount(0);
});

test('a page that the browser restores after a sign-out does not show the balance again', async ({
  context,
  drop,
  page,
  sandbox,
}) => {
  await drop.begin('customer');
  drop.expectComplaints();
  // A page in the back/forward cache gets no messages.
  await page.addInitScript('window.BroadcastChannel = EventTarget');
  await page.route('**/api/events', (route) => route.abort());
  await drop.open('/');
  await expect(drop.text('48 213,50 kr')).toBeVisible();
  const other = await context.newPage();
  await other.goto(`${sandbox.appOrigin}/payments`);
  await other.getByRole('button', { name: 'Logg ut' }).click();
  await expect(other.getByRole('heading', { name: 'Du er logget ut' })).toBeVisible();
  await page.route('**/api/**', (route) => route.abort());
  await page.evaluate(`window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))`);
  await expect(drop.text('Du er logget ut')).toBeVisible();
  await expect(page.getByText('48 213,50 kr')).toHaveCount(0);
});

test('a page that the browser restores asks whether a session that ended elsewhere still holds', async ({
  drop,
  page,
}) => {
  await drop.begin('customer');
  drop.expectComplaints();
  await page.route('**/api/events', (route) => route.abort());
  await drop.open('/accounts');
  await expect(drop.text('48 213,50 kr')).toBeVisible();
  await page.context().clearCookies();
  await page.evaluate(`window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))`);
  await expect(drop.text('Du ble logget ut')).toBeVisible();
});
