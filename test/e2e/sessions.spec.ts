import { expect, test } from './drop.ts';
import { lookAtDialog } from './look-everywhere.ts';

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
  await drop.open('/');
  await expect(drop.text('48 213,50 kr')).toBeVisible();
  await page.context().clearCookies();
  await page.evaluate(`window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))`);
  await expect(drop.text('Du ble logget ut')).toBeVisible();
});

test('an inactive customer is asked, may stay, and is signed out without an answer, with the draft kept', async ({
  drop,
  page,
}) => {
  await drop.begin('customer');
  drop.expectComplaints();
  await page.clock.install();
  await drop.open('/pay');
  const name = page.getByLabel('Mottakerens navn');
  const kept = page.waitForResponse((response) => response.request().method() === 'PUT');
  await name.fill('Nordlys');
  await page.clock.fastForward('00:01');
  await kept;

  await page.clock.fastForward('28:10');
  const question = page.getByRole('alertdialog', { name: 'Er du der fortsatt?' });
  await expect(question).toContainText('utkastet i et døgn');
  await lookAtDialog(drop, 'idle');
  const asked = page.waitForResponse('**/api/me');
  await question.getByRole('button', { name: 'Hold meg innlogget' }).click();
  expect((await asked).status()).toBe(200);
  await expect(question).toHaveCount(0);
  await expect(name).toHaveValue('Nordlys');

  await page.clock.fastForward('28:10');
  await expect(question).toBeVisible();
  const ended = page.waitForResponse('**/api/auth/logout?reason=idle');
  await page.clock.fastForward('02:10');
  expect((await ended).status()).toBe(204);
  await expect(drop.text('Du ble logget ut')).toBeVisible();
  await drop.begin('customer');
  await drop.open('/pay');
  await expect(name).toHaveValue('Nordlys');

  await page.route('**/api/me', async (route) => {
    const response = await route.fetch();
    const me = (await response.json()) as object;
    await route.fulfill({ response, json: { ...me, sessionEndsInSeconds: 240 } });
  });
  await page.reload();
  const warning = page.getByRole('alertdialog', { name: 'Du blir snart logget ut' });
  await expect(warning.getByRole('link', { name: 'Logg inn på nytt nå' })).toHaveAttribute(
    'href',
    '/api/auth/bankid?returnTo=%2Fpay',
  );
  await lookAtDialog(drop, 'session-limit');
  await warning.getByRole('button', { name: 'Fortsett til da' }).click();
  await expect(warning).toHaveCount(0);
  await expect(name).toHaveValue('Nordlys');
});

test('a page of one customer shows nothing and keeps nothing after another signed in with the browser', async ({
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
  const signInAsOla = async () => {
    await other.goto(`${sandbox.appOrigin}/api/auth/bankid?returnTo=/`);
    await other.getByRole('button', { name: /Ola/ }).click();
    await expect(other.getByRole('heading', { level: 1, name: /Ola/ })).toBeVisible();
  };
  // Nothing but the message of the other tab can tell this one.
  await page.route('**/api/**', (route) => route.abort());
  await signInAsOla();
  await expect(drop.text('Du er logget ut')).toBeVisible();
  await expect(page.getByText('48 213,50 kr')).toHaveCount(0);
  await page.unroute('**/api/**');

  // A page that no message reached keeps nothing, and learns of it by its next question.
  await page.addInitScript('window.BroadcastChannel = EventTarget');
  await page.route('**/api/events', (route) => route.abort());
  await drop.begin('customer');
  await drop.open('/pay');
  const name = page.getByLabel('Mottakerens navn');
  await expect(name).toBeVisible();
  await signInAsOla();
  const refused = page.waitForResponse((response) => response.request().method() === 'PUT');
  await name.fill('Nordlys');
  expect((await refused).status()).toBe(401);
  await page.evaluate(`window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))`);
  await expect(drop.text('Du ble logget ut')).toBeVisible();
  const kept = await other.request.get(`${sandbox.appOrigin}/api/payment-draft`);
  expect(await kept.json()).toEqual({ draft: null });
});
