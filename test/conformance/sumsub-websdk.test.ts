import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { chromium, type Browser, type FrameLocator, type Page } from '@playwright/test';
import { Hono } from 'hono';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import { listenOnLoopback, type LoopbackServer } from '../support/loopback.ts';
import { startSumsubStack, type SumsubStack } from './sumsub-stack.ts';

/**
 * The emulated WebSDK in a browser, under a policy like that of Drop's app: once with the emulator's builder script,
 * and once with Sumsub's own package around the emulator's frame, which proves that the frame speaks Sumsub's messages.
 */
const executablePath = '/usr/bin/chromium';

const externalUserId = 'b7a3a0c2-5f0e-4a57-9c58-0f8c9d1e2a3b';

const loaders = {
  'the builder script of the emulator': (origin: string) =>
    `<script src="${origin}/idensic/static/sns-websdk-builder.js"></script>
     <script src="/host.js" type="module"></script>`,
  'the package of Sumsub': () =>
    '<script src="/package.js" type="module"></script><script src="/host.js" type="module"></script>',
};

/** As the web app does it: every message is kept for the test, tokens come from a counter of their own. */
const hostScript = (origin: string, lang: string): string => `
  const token = async () => (await fetch('/token')).text();
  const sdk = window.snsWebSdk
    .init(await token(), token)
    .withBaseUrl('${origin}')
    .withConf({ lang: '${lang}' })
    .withOptions({ addViewportTag: false, adaptIframeHeight: true })
    .on('idCheck.onApplicantSubmitted', () => window.report('submitted', {}))
    .onMessage((type, payload) => window.report(type, payload))
    .build();
  window.sdk = sdk;
  sdk.launch('#sumsub');
`;

interface Host {
  server: LoopbackServer;
  page(lang: string, messages: Messages): Promise<Page>;
}

/** A page on another origin that embeds the WebSDK. */
async function startHost(
  stack: SumsubStack,
  load: (origin: string) => string,
  browser: Browser,
): Promise<Host> {
  const { origin, client } = stack;
  const server = await listenOnLoopback(0);
  const { applicantId } = await client.createApplicant({ externalUserId });
  const bundle = await readFile('node_modules/@sumsub/websdk/dist/index.esm.js', 'utf8');
  const policy = [
    "default-src 'none'",
    `script-src 'self' ${origin}`,
    `frame-src ${origin}`,
    "connect-src 'self'",
  ].join('; ');
  const script = { 'content-type': 'text/javascript' };
  const routes = new Hono<EmulatorEnvironment>();
  routes.get('/', (c) => {
    c.header('content-security-policy', policy);
    return c.html(`<!doctype html><title>Host</title><div id="sumsub"></div>${load(origin)}`);
  });
  routes.get('/package.js', (c) =>
    c.body(bundle.replace('export{n as default};', 'window.snsWebSdk=n;'), 200, script),
  );
  routes.get('/host.js', (c) => c.body(hostScript(origin, c.req.query('lang') ?? 'nb'), 200, script));
  routes.get('/token', async (c) => c.text((await client.getAccessToken(applicantId)).token));
  let language = 'nb';
  server.handle((request, bindings) => {
    const url = new URL(request.url);
    if (url.pathname === '/host.js') url.searchParams.set('lang', language);
    return routes.fetch(new Request(url, request), bindings);
  });
  return {
    server,
    async page(lang, messages) {
      language = lang;
      const page = await (await browser.newContext()).newPage();
      await page.exposeFunction('report', messages.report);
      await page.goto(server.origin);
      return page;
    },
  };
}

/** What the page around the frame was told, in order. */
class Messages {
  readonly all: { type: string; payload: Record<string, unknown> }[] = [];
  readonly #waiting = new Set<() => void>();

  readonly report = (type: string, payload: Record<string, unknown>): void => {
    this.all.push({ type, payload });
    for (const look of [...this.#waiting]) look();
  };

  /** Resolves with the payload of the `count`-th message of `type`, as soon as it is there. */
  async of(type: string, count = 1): Promise<Record<string, unknown>> {
    const { promise, resolve } = Promise.withResolvers<Record<string, unknown>>();
    const look = (): void => {
      const found = this.all.filter((message) => message.type === type)[count - 1];
      if (found) resolve(found.payload);
    };
    this.#waiting.add(look);
    look();
    return promise.finally(() => this.#waiting.delete(look));
  }
}

/** The members that each event must have, from the types of Sumsub's package. */
async function documentedMembers(): Promise<Map<string, { member: string; kind: string }[]>> {
  const source = await readFile('node_modules/@sumsub/websdk/types/types.d.ts', 'utf8');
  const events = [...source.matchAll(/\['(idCheck\.\w+)'\]: (?:\{([^}]*)\}|SnsError);/g)];
  return new Map(
    events.map(([, type = '', body = 'code: string; error: string;']) => [
      type,
      [...body.matchAll(/(\w+): (string|number|boolean);/g)].map(([, member = '', kind = '']) => {
        return { member, kind };
      }),
    ]),
  );
}

const reviewed = 'idCheck.onApplicantVerificationCompleted';

describe.skipIf(!existsSync(executablePath)).each(Object.entries(loaders))(
  `the WebSDK with %s (skipped without ${executablePath})`,
  (_name, load) => {
    let browser: Browser;
    let stack: SumsubStack;
    let host: Host;
    let page: Page;
    let frame: FrameLocator;
    let messages: Messages;

    beforeAll(async () => {
      browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    });
    afterAll(() => browser.close());
    beforeEach(async () => {
      stack = await startSumsubStack();
      host = await startHost(stack, load, browser);
    });
    afterEach(async () => {
      await page.context().close();
      await host.server.close();
      await stack.close();
    });

    async function open(lang: string): Promise<void> {
      messages = new Messages();
      page = await host.page(lang, messages);
      frame = page.frameLocator('#sumsub iframe');
      await frame.locator('#form').waitFor();
    }

    async function submit(choice: string): Promise<void> {
      await frame.getByRole('radio', { name: choice }).check();
      await frame.getByRole('button').click();
      await frame.locator('#form').waitFor({ state: 'hidden' });
    }

    test('reports the applicant, the submission and the approval', async () => {
      await open('nb');
      await submit('Godkjent');
      await messages.of('submitted');
      stack.clock.advance(1_000);
      const completed = await messages.of(reviewed);
      const applicantId = (await messages.of('idCheck.onApplicantLoaded'))['applicantId'];
      expect(applicantId).toMatch(/^[0-9a-f]{24}$/);
      expect(completed).toMatchObject({
        applicantId,
        levelName: 'basic-kyc-level',
        reviewStatus: 'completed',
        reviewResult: { reviewAnswer: 'GREEN' },
      });
      await frame.getByText('Godkjent. Du kan lukke denne siden.').waitFor();
      await stack.settled();
      expect(stack.verdicts).toContainEqual(expect.objectContaining({ eventType: 'applicantReviewed' }));
    });

    test('sends the messages of a verification in order, with every member that Sumsub documents', async () => {
      await open('nb');
      await submit('Godkjent');
      await messages.of('submitted');
      stack.clock.advance(1_000);
      await messages.of(reviewed);
      await page.evaluate("window.sdk.setLanguage('en')");
      await messages.of('idCheck.onLanguageChanged');
      // A change of the status is reported when the frame's own request is answered, beside the events of the steps.
      const statuses = ['idCheck.applicantStatus', 'idCheck.onApplicantStatusChanged'];
      const asynchronous = [...statuses, 'idCheck.onResize', reviewed];
      const names = messages.all.map(({ type }) => type).filter((type) => !asynchronous.includes(type));
      expect(names.slice(names.indexOf('idCheck.onInitialized'))).toEqual([
        'idCheck.onInitialized',
        'idCheck.onApplicantLoaded',
        ...['idCheck.onVerificationProgressChanged', 'idCheck.onStepInitiated'],
        ...['idCheck.onDocumentAdded', 'idCheck.stepCompleted', 'idCheck.onStepCompleted'],
        ...['idCheck.onVerificationProgressChanged', 'idCheck.onStepInitiated'],
        ...['idCheck.onDocumentAdded', 'idCheck.onLivenessCompleted'],
        ...['idCheck.moduleResultPresented', 'idCheck.onModuleResultPresented'],
        ...['idCheck.stepCompleted', 'idCheck.onStepCompleted'],
        'submitted',
        'idCheck.onLanguageChanged',
      ]);
      for (const name of statuses)
        expect(messages.all.findLast(({ type }) => type === name)?.payload).toMatchObject({
          reviewStatus: 'completed',
          expireDate: expect.stringMatching(/^\d{4}-/),
        });
      const documented = await documentedMembers();
      const ofSumsub = messages.all.filter(({ type }) => type !== 'submitted');
      for (const { type, payload } of ofSumsub) {
        for (const { member, kind } of documented.get(type) ?? [])
          expect([type, member, typeof payload[member]]).toEqual([type, member, kind]);
        expect(documented.has(type)).toBe(true);
      }
    });

    test('lets the customer try again after a blurred document, with the reason', async () => {
      await open('nb');
      await submit('Uskarpt dokument');
      stack.clock.advance(1_000);
      await messages.of(reviewed);
      await frame.getByText('The photo of the document is blurred').waitFor();
      await submit('Godkjent');
      await messages.of('idCheck.onApplicantResubmitted');
      stack.clock.advance(1_000);
      expect(await messages.of(reviewed, 2)).toMatchObject({ reviewResult: { reviewAnswer: 'GREEN' } });
    });

    test('does not offer another attempt after a final rejection', async () => {
      await open('nb');
      await submit('Avvist for godt');
      stack.clock.advance(1_000);
      await messages.of(reviewed);
      await frame.getByText('Avvist for godt. Det går ikke an å prøve igjen.').waitFor();
      expect(await frame.locator('#form').isVisible()).toBe(false);
    });

    test('asks for a new token when the first has expired, and goes on', async () => {
      await open('nb');
      await stack.act('expire_tokens');
      await frame.getByRole('radio', { name: 'Godkjent' }).check();
      const renewed = page.waitForResponse((response) => response.url().endsWith('/token'));
      await frame.getByRole('button').click();
      await renewed;
      await submit('Godkjent');
      await messages.of('submitted');
    });

    test('can be used with the keyboard alone, in English', async () => {
      await open('en');
      await frame.getByRole('radio', { name: 'Approved' }).focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await messages.of('submitted');
      stack.clock.advance(1_000);
      expect(await messages.of(reviewed)).toMatchObject({ reviewResult: { reviewRejectType: 'RETRY' } });
    });

    test('is as tall as what it shows', async () => {
      await open('nb');
      await messages.of('idCheck.onStepInitiated');
      const box = await page.locator('#sumsub iframe').boundingBox();
      expect(box?.height).toBeGreaterThan(400);
    });

    test('says nothing more to the page after it was destroyed', async () => {
      await open('nb');
      await page.evaluate('window.sdk.destroy()');
      expect(await page.locator('iframe').count()).toBe(0);
    });

    test('does not believe a message that is not from the frame', async () => {
      await open('nb');
      await page.evaluate(`new Promise((resolve) => {
        addEventListener('message', () => resolve());
        postMessage({ method: 'idCheck.onApplicantSubmitted' }, '*');
      })`);
      await page.evaluate("window.report('after', {})");
      await messages.of('after');
      expect(messages.all.map(({ type }) => type)).not.toContain('submitted');
    });

    test('never tells the page what only Drop may know', async () => {
      await open('nb');
      await submit('Treff på sanksjonsliste');
      stack.clock.advance(1_000);
      await messages.of(reviewed);
      const everything = JSON.stringify(messages.all) + (await frame.locator('main').innerHTML());
      expect(everything).not.toContain('on a sanctions list');
    });

    test('has no fault that axe finds', async () => {
      await open('nb');
      const { violations } = await new AxeBuilder({ page }).include(['#sumsub iframe', 'html']).analyze();
      expect(violations).toEqual([]);
    });
  },
);
