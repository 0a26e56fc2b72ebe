import type { Engine, Found } from './engine.ts';

/** The part of Puppeteer that is used here. Its package is installed in this folder only. */
interface Handle {
  asElement(): Handle | null;
  click(options?: { count?: number }): Promise<void>;
  type(text: string): Promise<void>;
  press(key: string): Promise<void>;
}
interface Frame {
  evaluateHandle(expression: string): Promise<Handle>;
  evaluate(expression: string): Promise<unknown>;
}
interface Page extends Frame {
  goto(url: string): Promise<unknown>;
  setViewport(size: { width: number; height: number }): Promise<void>;
  frames(): Frame[];
  screenshot(options: { path: string; fullPage: boolean }): Promise<unknown>;
}
interface Browser {
  newPage(): Promise<Page>;
  version(): Promise<string>;
  close(): Promise<void>;
}
interface Puppeteer {
  launch(options: Record<string, unknown>): Promise<Browser>;
}

const library: string = 'puppeteer-core';

/** Firefox over WebDriver BiDi, which it speaks itself. */
export async function startFirefox(executablePath: string): Promise<Engine> {
  const { default: puppeteer } = (await import(library)) as { default: Puppeteer };
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    extraPrefsFirefox: { 'intl.accept_languages': 'nb', 'network.captive-portal-service.enabled': false },
  });
  const page = await browser.newPage();
  return {
    name: 'Firefox',
    version: await browser.version(),
    open: async (url) => void (await page.goto(url)),
    resize: (width, height) => page.setViewport({ width, height }),
    async find(expression, place) {
      const scope = place === 'page' ? page : page.frames()[1];
      // A page that is being left has nothing to find.
      const handle = await scope?.evaluateHandle(expression).catch(() => undefined);
      const element = handle?.asElement();
      return element ? foundIn(element) : undefined;
    },
    evaluate: (expression) => page.evaluate(expression),
    picture: async (path) => void (await page.screenshot({ path, fullPage: true })),
    close: () => browser.close(),
  };
}

function foundIn(element: Handle): Found {
  return {
    click: () => element.click(),
    async fill(text) {
      await element.click({ count: 3 });
      await element.type(text);
    },
    press: (key) => element.press(key === 'Space' ? ' ' : key),
  };
}
