import { expect, test } from './drop.ts';

test.use({ serviceWorkers: 'allow' });

/** Registers the worker, which the app does some seconds after the first screen, and waits until it serves. */
const worker = `navigator.serviceWorker.register('/service-worker.js')
  .then(() => navigator.serviceWorker.ready)
  .then(({ active }) => active.state === 'activated' || new Promise((done) =>
    active.addEventListener('statechange', () => active.state === 'activated' && done(true))))`;

const keptPaths = `caches.keys()
  .then((names) => Promise.all(names.map(async (name) => (await caches.open(name)).keys())))
  .then((requests) => requests.flat().map(({ url }) => new URL(url).pathname))`;

test('without a network Drop opens and says so, and nothing of a customer is kept for that', async ({
  context,
  drop,
  page,
}) => {
  await drop.begin('customer');
  drop.expectComplaints();
  await drop.open('/accounts');
  await page.evaluate(worker);
  await page.reload();
  await expect(drop.text('48 213,50 kr')).toBeVisible();
  await drop.open('/payments');
  await expect(page.getByRole('heading', { level: 1, name: 'Betalinger' })).toBeVisible();
  const kept = await page.evaluate<string[]>(keptPaths);
  expect(kept).toContain('/');
  expect(kept.filter((path) => path !== '/' && !path.startsWith('/assets/'))).toEqual([]);

  await context.setOffline(true);
  await drop.open('/accounts');
  await expect(drop.heading('Du er uten nett')).toBeVisible();
  await expect(page.getByText('48 213,50 kr')).toHaveCount(0);
  await drop.look('installed-offline');
  await expect(page.goto(drop.addressOf('/api/auth/callback?code=1&state=2'))).rejects.toThrow('ERR_');
  await context.setOffline(false);
  await drop.open('/accounts');
  await expect(drop.text('48 213,50 kr')).toBeVisible();
});
