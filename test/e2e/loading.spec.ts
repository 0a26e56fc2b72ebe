import type { Page } from '@playwright/test';
import { expect, test } from './drop.ts';

/* A page whose files do not arrive logs failed loads, which the fixture would count as complaints. */
const aborted = 'internetdisconnected';

/** Keeps the scripts and stylesheets back, or what `pattern` matches, until the returned function is called. */
async function holdAssets(page: Page, pattern = '**/assets/**'): Promise<() => void> {
  const held = Promise.withResolvers<undefined>();
  await page.route(pattern, async (route) => {
    await held.promise;
    await route.continue();
  });
  return () => held.resolve(undefined);
}

/** How many main headings can be seen, in each frame that is drawn. */
const noteHeadings = `window.headingCounts = new Set();
const count = () => {
  const seen = [...document.querySelectorAll('h1')].filter((heading) => heading.checkVisibility());
  window.headingCounts.add(seen.length);
  requestAnimationFrame(count);
};
requestAnimationFrame(count);`;

test('the page says that it is loading before its scripts and stylesheets have arrived', async ({
  drop,
  page,
}) => {
  const release = await holdAssets(page);
  await page.goto(drop.addressOf('/help'), { waitUntil: 'commit' });
  await expect(page.getByText('Laster …')).toBeVisible();
  await expect(page.locator('#loading')).toHaveCSS('color', 'rgb(20, 35, 31)');
  release();
  await expect(drop.heading('Hjelp')).toBeVisible();
  await expect(page.locator('#loading')).toHaveCount(0);
});

for (const { locale, signIn, way } of [
  { locale: 'nb', signIn: 'Logg inn med BankID', way: 'a tap' },
  { locale: 'en', signIn: 'Sign in with BankID', way: 'the keyboard' },
])
  test(`before any script arrives, a visitor signs in by ${way} in the language ${locale}`, async ({
    drop,
    page,
  }) => {
    await page.context().addCookies([{ name: 'drop-locale', value: locale, url: drop.addressOf('/') }]);
    await holdAssets(page);
    await page.goto(drop.addressOf('/'), { waitUntil: 'commit' });
    const link = drop.link(signIn);
    await expect(link).toBeVisible();
    await drop.look(`served-front-${locale}`);
    if (way === 'a tap') await link.click();
    else {
      await page.keyboard.press('Tab');
      await expect(link).toBeFocused();
      await page.keyboard.press('Enter');
    }
    await expect(drop.button(/Kari Testnes/)).toBeVisible();
  });

test('the app takes over the front page: one heading at every moment, and the focus stays', async ({
  drop,
  page,
}) => {
  const release = await holdAssets(page);
  const known = Promise.withResolvers<undefined>();
  await page.route('**/api/me', async (route) => {
    await known.promise;
    await route.continue();
  });
  await page.addInitScript({ content: noteHeadings });
  await page.goto(drop.addressOf('/'), { waitUntil: 'commit' });
  await expect(drop.link('Logg inn med BankID')).toBeVisible();
  await page.keyboard.press('Tab');
  await page.evaluate('window.headingCounts.clear()');
  release();
  await expect(page.locator('#root .loading-rows')).toBeAttached();
  await expect(drop.link('Logg inn med BankID')).toBeFocused();
  known.resolve(undefined);
  await expect(page.locator('.front-sign-in')).toBeFocused();
  await expect(page.locator('#loading')).toHaveCount(0);
  await expect(drop.heading('Slik virker det')).toBeVisible();
  expect(await page.evaluate('[...window.headingCounts]')).toEqual([1]);
});

/** The parts of the served front page, and those of the app that take their places. */
const places: Record<string, [served: string, own: string]> = {
  banner: ['.note', '.environment'],
  logo: ['.name svg', '.header-home svg'],
  heading: ['h1', '.front-hero h1'],
  lead: ['.hero p', '.page-lead'],
  link: ['a', '.front-sign-in'],
  requirement: ['section small', '.front-requirement'],
  picture: ['.picture', '.front-picture'],
  receipt: ['.picture > div', '.front-receipt'],
  amount: ['.picture b', '.front-receipt-amount'],
  status: ['em', '.front-receipt-status'],
  steps: ['h2', '.front-steps h2'],
  step: ['ol li:nth-child(2)', '.front-steps li:nth-child(2)'],
  trust: ['ul li:nth-child(2)', '.front-trust li:nth-child(2)'],
};

/** The place of each part, to whole pixels, and its colours. A link fits its words, so its width is left out. */
const looksOf = (page: Page, whose: 'served' | 'own') => {
  const selectors = Object.entries(places).map(([name, [served, own]]) => [
    name,
    whose === 'served' ? `#loading ${served}` : own,
  ]);
  return page.evaluate(`Object.fromEntries(${JSON.stringify(selectors)}.map(([name, selector]) => {
    const part = document.querySelector(selector);
    const { left, top, height } = part.getBoundingClientRect();
    const { color, backgroundColor, fontSize, fontWeight, borderBottomWidth, borderBottom } = getComputedStyle(part);
    const border = borderBottomWidth === '0px' ? '' : borderBottom;
    const at = [left, top, height].map(Math.round).join();
    return [name, [at, color, backgroundColor, fontSize, fontWeight, border].join(' ')];
  }))`);
};

const noteShifts = `window.shifts = 0;
new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (window.shifts += value)))
  .observe({ type: 'layout-shift', buffered: true });`;

test('the front page keeps its places and colours when the app takes over: light, dark, high contrast', async ({
  drop,
  page,
}) => {
  await page.addInitScript({ content: noteShifts });
  for (const colorScheme of ['light', 'dark'] as const)
    for (const contrast of ['no-preference', 'more'] as const) {
      await page.emulateMedia({ colorScheme, contrast });
      const release = await holdAssets(page);
      await page.goto(drop.addressOf('/'), { waitUntil: 'commit' });
      await expect(drop.link('Logg inn med BankID')).toBeVisible();
      await expect(page.getByText('Sandkasse: ingen ekte penger')).toBeVisible();
      const served = await looksOf(page, 'served');
      release();
      await expect(page.locator('.front-sign-in')).toBeVisible();
      await page.evaluate('document.fonts.ready.then(() => undefined)');
      expect(await looksOf(page, 'own'), `${colorScheme}, contrast ${contrast}`).toEqual(served);
      // Only letters of the banner move, in its middle, when the typeface comes.
      expect(await page.evaluate('window.shifts')).toBeLessThan(0.002);
      await page.unroute('**/assets/**');
    }
});

test('the typeface does not take the line before the scripts are there', async ({ drop, page }) => {
  const release = await holdAssets(page, '**/assets/*.js');
  await page.goto(drop.addressOf('/'), { waitUntil: 'commit' });
  const typeface = (): Promise<string[]> =>
    page.evaluate(`(document.body.offsetHeight, [...document.fonts])
      .filter(({ family }) => family.includes('Schibsted Grotesk'))
      .map(({ status }) => status)`);
  await expect.poll(typeface).not.toEqual([]);
  expect(new Set(await typeface())).toEqual(new Set(['unloaded']));
  release();
  await expect.poll(typeface).toContain('loaded');
});

test('what the overview reads is asked for once, before its scripts', async ({ drop, page }) => {
  await drop.begin('customer');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const release = await holdAssets(page);
  const read = page.waitForResponse(/\/api\/payment-draft$/);
  await page.goto(drop.addressOf('/'), { waitUntil: 'commit' });
  await read;
  await page.route('**/api/events', (route) => route.abort());
  release();
  await expect(drop.heading('Hei, Kari')).toBeVisible();
  await expect(drop.link(/^Betal/).first()).toBeVisible();
  for (const path of ['/api/me', '/api/accounts', '/api/payments', '/api/bank-connections'])
    expect(
      asked.filter((each) => each === path),
      path,
    ).toHaveLength(1);
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
  await expect.poll(() => page.evaluate(rules)).toBeGreaterThan(0);
});

test('a screen whose file is gone since a deployment reloads the page once', async ({ drop, page }) => {
  await drop.begin('signed in');
  await drop.open('/');
  await expect(drop.heading('Hei, Kari')).toBeVisible();
  drop.expectComplaints();
  let isReloaded = false;
  page.on('request', (request) => (isReloaded ||= request.isNavigationRequest()));
  await page.route('**/assets/accounts-page*', (route) =>
    isReloaded ? route.continue() : route.fulfill({ status: 404 }),
  );
  await drop.link('Kontoer').click();
  await expect(page).toHaveURL(/\/accounts$/);
  await expect(drop.heading('Kontoer')).toBeVisible();
  expect(isReloaded).toBe(true);
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

test('a page whose scripts are gone since a deployment reloads itself once, then offers it', async ({
  drop,
  page,
}) => {
  drop.expectComplaints();
  let pages = 0;
  page.on('request', (request) => (pages += request.isNavigationRequest() ? 1 : 0));
  await page.route('**/assets/index-*.js', (route) => route.fulfill({ status: 404 }));
  const again = page.waitForRequest((request) => request.isNavigationRequest() && pages === 2);
  await page.goto(drop.addressOf('/help'), { waitUntil: 'commit' });
  await again;
  await page.waitForLoadState('load');
  const reload = page.getByRole('link', { name: 'Last siden på nytt' });
  await expect(reload).toBeHidden();
  await page.evaluate('document.getAnimations().forEach((animation) => animation.finish())');
  await expect(reload).toBeVisible();
  await drop.look('scripts-gone');
  expect(pages).toBe(2);
  await page.unrouteAll({ behavior: 'wait' });
  await reload.click();
  await expect(drop.heading('Hjelp')).toBeVisible();
});

test('a page whose stylesheet did not arrive reloads itself', async ({ drop, page }) => {
  drop.expectComplaints();
  await page.route('**/assets/index-*.css', (route) => route.fulfill({ status: 404 }), { times: 1 });
  await drop.open('/help');
  await expect(drop.heading('Hjelp')).toBeVisible();
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(248, 245, 238)');
  await expect(page.locator('.header-inner')).toHaveCSS('display', 'flex');
});

test('a language that is gone since a deployment reloads the page once, in that language', async ({
  drop,
  page,
}) => {
  drop.expectComplaints();
  await drop.open('/help');
  await page.route('**/assets/en-*.js', (route) => route.fulfill({ status: 404 }), { times: 1 });
  const reloaded = page.waitForRequest((request) => request.isNavigationRequest());
  await drop.button('English').click();
  await reloaded;
  await expect(drop.heading(/^Help$/)).toBeVisible();
});

test('a language that stays missing is told, and the app starts in bokmål', async ({ drop, page }) => {
  drop.expectComplaints();
  await page.context().addCookies([{ name: 'drop-locale', value: 'en', url: drop.addressOf('/') }]);
  await page.route('**/assets/en-*.js', (route) => route.fulfill({ status: 404 }));
  await drop.open('/help');
  await expect(drop.heading('Hjelp')).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'nb');
  await expect(page.getByTestId('offline')).toHaveText(/Vi får ikke vist Drop på engelsk/);
  await drop.look('language-missing');
  await page.unrouteAll({ behavior: 'wait' });
  await drop.button('English').click();
  await expect(drop.heading(/^Help$/)).toBeVisible();
  await expect(page.getByTestId('offline')).toHaveText('');
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
  const release = await holdAssets(page);
  await page.reload({ waitUntil: 'commit' });
  await expect(page.getByText('Laster …')).toBeVisible();
  await expect(body).toHaveCSS('background-color', 'rgb(13, 22, 20)');
  release();
  await expect(page.getByRole('radio', { name: 'Mørkt' })).toBeChecked();
  await page.getByRole('radio', { name: 'Som enheten' }).check();
  const cookies = async () => (await page.context().cookies()).map(({ name }) => name);
  await expect.poll(cookies).not.toContain('drop-theme');
});
