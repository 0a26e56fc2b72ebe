import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { expect, test } from './drop.ts';

/** As text, because the compiler knows the types of a browser in that folder only. */
const changedByOrder = stripTypeScriptTypes(
  await readFile(new URL('./in-page/stylesheet-order.ts', import.meta.url), 'utf8'),
);

/** Every rule outside the layers, which would win over all of them. */
const outsideLayers = `[...document.styleSheets]
  .filter(({ href }) => href !== null)
  .flatMap(({ cssRules }) => [...cssRules])
  .filter((rule) => !/^@(layer|font-face|media print)/.test(rule.cssText))
  .map(({ cssText }) => cssText.slice(0, 80))`;

test('every screen looks the same in whatever order the stylesheets of all screens arrive', async ({
  drop,
  page,
}) => {
  await drop.begin('customer');
  await drop.open('/');
  await expect(drop.heading('Hei, Kari')).toBeVisible();
  const screens = ['verify', 'banks', 'accounts', 'consents', 'pay', 'payments', 'recipients'];
  const more = ['notifications', 'settings', 'profile', 'devices', 'privacy', 'help', 'about', ''];
  /* Without a new page, so that the stylesheets add up. */
  for (const path of [...screens, ...more, 'pay', 'accounts']) {
    await page.evaluate(
      `history.pushState({}, '', '/${path}'); dispatchEvent(new PopStateEvent('popstate'))`,
    );
    await expect(page.locator('h1')).toBeVisible();
    await expect(page.locator('.loading-rows')).toHaveCount(0);
    expect.soft(await page.evaluate<string[]>(changedByOrder), `/${path}`).toEqual([]);
  }
  expect(await page.evaluate(outsideLayers)).toEqual([]);
});
