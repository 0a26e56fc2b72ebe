import type { Browser, CDPSession } from '@playwright/test';

/** A slow phone: 400 kbit/s each way, 400 ms for an answer, and a processor four times slower than this one. */
const slowNetwork = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };
const slowdown = 4;
const usableMsMax = 120_000;

/** The customer or visitor, by their cookies. */
export interface Opening {
  origin: string;
  cookies: { name: string; value: string }[];
  /** The element by which the screen can be used; a click on it does what it should as soon as it can be seen. */
  action: string;
  /** An element that is there once the app shows its own screen. */
  screen: string;
}

/** The times and bytes of one visit with an empty cache. */
export interface Visit {
  /** Milliseconds until the first words were painted. */
  wordsMs: number;
  /** Milliseconds until the action was there, painted. */
  usableMs: number;
  /** Script that arrived until the app's own screen was there, compressed, in bytes with its headers. */
  scriptBytes: number;
}

/** Opens the front page on a slow phone. */
export async function visit(browser: Browser, { origin, cookies, action, screen }: Opening): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  try {
    await context.addCookies(cookies.map((cookie) => ({ ...cookie, url: origin, httpOnly: true })));
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    const scripts = await countScripts(session);
    await session.send('Network.emulateNetworkConditions', slowNetwork);
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    await page.addInitScript({ content: noteUsable(action) });
    await page.goto(origin, { waitUntil: 'commit', timeout: usableMsMax });
    await page.locator(screen).first().waitFor({ state: 'attached', timeout: usableMsMax });
    const scriptBytes = scripts.bytes;
    const [wordsMs, usableMs] = await page.evaluate<[number, number]>(
      `[performance.getEntriesByName('first-contentful-paint')[0].startTime, window.usableMs]`,
    );
    return { wordsMs, usableMs: Math.max(wordsMs, usableMs), scriptBytes };
  } finally {
    await context.close();
  }
}

/** As text, since it runs in the page before any of its scripts. */
const noteUsable = (action: string): string => `new MutationObserver((_, observer) => {
  if (!document.querySelector(${JSON.stringify(action)})) return;
  window.usableMs = performance.now();
  observer.disconnect();
}).observe(document, { childList: true, subtree: true })`;

async function countScripts(session: CDPSession): Promise<{ bytes: number }> {
  const counted = { bytes: 0 };
  const scripts = new Set<string>();
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (new URL(request.url).pathname.endsWith('.js')) scripts.add(requestId);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) counted.bytes += encodedDataLength;
  });
  await session.send('Network.enable');
  return counted;
}
