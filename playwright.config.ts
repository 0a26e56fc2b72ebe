import { defineConfig, devices } from '@playwright/test';
import { findBrowser } from './scripts/browser.ts';

const executablePath = findBrowser();
const isRoot = process.getuid?.() === 0;

/** No traffic but the tests' own; Chromium's sandbox does not start for root. */
const args = [
  ...(isRoot ? ['--no-sandbox'] : []),
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const launchOptions = { args, ...(executablePath !== undefined && { executablePath }) };

/** Files whose subject does not depend on the size of the screen. The one about screens sets the sizes itself. */
const sizeAside = [
  ...[
    'screens/[^/]+',
    'draft',
    'loading',
    'problems',
    'refusals',
    'sessions',
    'email-address',
    'notifications',
  ],
  ...['verification', 'providers', 'own-limits', 'payment-list', 'recipients', 'consents'],
  ...['accessibility-tree', 'stylesheets', 'focus', 'pasted', 'paying', 'privacy', 'installed', 'stage'],
].map((name) => new RegExp(`/${name}\\.spec\\.ts$`));

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results/e2e',
  snapshotPathTemplate: '{testDir}/accessibility/{arg}{ext}',
  // One more than two processors: a test often waits for its sandbox.
  workers: 3,
  // Nothing is shared, so that the tests of one file may run at both workers.
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  // A wait ends when what it waits for is there. A slow machine with three workers needs more than the default 5 s.
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  // Playwright's routes do not see the requests of a service worker; `installed.spec.ts` allows it.
  use: { serviceWorkers: 'block', trace: 'off', screenshot: 'only-on-failure', launchOptions },
  projects: [
    { name: 'desktop', use: devices['Desktop Chrome'] },
    { name: 'phone', testIgnore: sizeAside, use: devices['Pixel 7'] },
  ],
});
