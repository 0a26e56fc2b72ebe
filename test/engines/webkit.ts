import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../support/free-port.ts';
import type { Engine, Found } from './engine.ts';

/** The part of Selenium that is used here. Its package is installed in this folder only. */
interface WebElement {
  click(): Promise<void>;
  clear(): Promise<void>;
  sendKeys(...keys: string[]): Promise<void>;
}
interface Driver {
  get(url: string): Promise<void>;
  executeScript(script: string): Promise<unknown>;
  switchTo(): { defaultContent(): Promise<void>; frame(index: number): Promise<void> };
  takeScreenshot(): Promise<string>;
  manage(): { window(): { setRect(size: { width: number; height: number }): Promise<unknown> } };
  getCapabilities(): Promise<{ get(name: string): unknown }>;
  quit(): Promise<void>;
}
interface Selenium {
  Builder: new () => {
    usingServer(url: string): { withCapabilities(capabilities: object): { build(): Promise<Driver> } };
  };
}

const library: string = 'selenium-webdriver';
const keys = { Space: '\uE00D', Enter: '\uE007' };

/** WebKitGTK over WebDriver: `driver` is its WebKitWebDriver, `binary` its MiniBrowser. It needs a display. */
export async function startWebKit(paths: { driver: string; binary: string }): Promise<Engine> {
  const port = await freePort();
  const server = spawn(paths.driver, [`--port=${port}`], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  await answering(`${url}/status`);
  const { Builder } = (await import(library)) as Selenium;
  const options = { binary: paths.binary, args: ['--automation'] };
  const capabilities = { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': options };
  const driver = await new Builder().usingServer(url).withCapabilities(capabilities).build();
  return {
    name: 'WebKitGTK',
    version: String((await driver.getCapabilities()).get('browserVersion')),
    open: (address) => driver.get(address),
    async resize(width, height) {
      await driver.manage().window().setRect({ width, height });
    },
    async find(expression, place) {
      try {
        await driver.switchTo().defaultContent();
        if (place === 'frame') await driver.switchTo().frame(0);
        const element = (await driver.executeScript(`return (${expression})`)) as WebElement | null;
        return element ? foundIn(element) : undefined;
      } catch {
        // A page that is being left has nothing to find.
        return undefined;
      }
    },
    async evaluate(expression) {
      await driver.switchTo().defaultContent();
      return driver.executeScript(`return (${expression})`);
    },
    picture: async (path) => writeFile(path, await driver.takeScreenshot(), 'base64'),
    async close() {
      await driver.quit();
      server.kill();
    },
  };
}

function foundIn(element: WebElement): Found {
  return {
    click: () => element.click(),
    async fill(text) {
      await element.clear();
      await element.sendKeys(text);
    },
    press: (key) => element.sendKeys(keys[key]),
  };
}

async function answering(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const isUp = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return;
    await pause(100);
  }
  throw new Error(`${url} does not answer`);
}
