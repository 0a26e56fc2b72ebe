import { expect, test } from 'vitest';
import { deviceName } from './device-name.ts';

const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)';
const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const android = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)';

const browser = (userAgent: string | undefined) => ({ kind: 'browser', userAgent }) as const;
const app = (userAgent: string | undefined) => ({ kind: 'app', userAgent }) as const;

test.each([
  ['Chrome på Windows', `${windows} Chrome/141.0.0.0 Safari/537.36`],
  ['Edge på Windows', `${windows} Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0`],
  ['Opera på Windows', `${windows} Chrome/141.0.0.0 Safari/537.36 OPR/122.0.0.0`],
  ['Firefox på Windows', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0'],
  ['Safari på Mac', `${mac} Version/18.5 Safari/605.1.15`],
  ['Safari på iPhone', `${iphone} Version/18.5 Mobile/15E148 Safari/604.1`],
  ['Chrome på iPhone', `${iphone} CriOS/141.0.0.0 Mobile/15E148 Safari/604.1`],
  ['Edge på iPhone', `${iphone} Version/18.0 EdgiOS/141.0.0.0 Mobile/15E148 Safari/604.1`],
  ['Chrome på Android', `${android} Chrome/141.0.0.0 Mobile Safari/537.36`],
  ['Samsung Internet på Android', `${android} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`],
  ['Firefox på Linux', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0'],
  ['Chrome på ChromeOS', 'Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) Chrome/141.0.0.0 Safari/537.36'],
])('a browser is named "%s"', (name, userAgent) => {
  expect(deviceName(browser(userAgent), 'nb')).toBe(name);
});

test('a header that is longer than any browser sends is read no further', () => {
  expect(deviceName(browser(`${windows} ${'Version/'.repeat(2_000)}1 Safari/605 Chrome/141.0`), 'nb')).toBe(
    'Windows',
  );
});

test('a name follows the language', () => {
  expect(deviceName(browser(`${windows} Chrome/141.0.0.0 Safari/537.36`), 'en')).toBe('Chrome on Windows');
  expect(deviceName(browser(undefined), 'en')).toBe('Unknown device');
});

test('a device with only a known browser or only a known system is named by it', () => {
  expect(deviceName(browser('Mozilla/5.0 (Windows NT 10.0) Something/1.0'), 'nb')).toBe('Windows');
  expect(deviceName(browser('Firefox/143.0'), 'nb')).toBe('Firefox');
});

test.each([undefined, '', 'curl/8.14.1', '<script>alert(1)</script>'])(
  'an unknown user agent is never shown (%s)',
  (userAgent) => {
    expect(deviceName(browser(userAgent), 'nb')).toBe('Ukjent enhet');
  },
);

test('the app is named as such, with the phone if it is known', () => {
  expect(deviceName(app('Drop/1.0 (iPhone; iOS 18.5)'), 'nb')).toBe('Drop-appen på iPhone');
  expect(deviceName(app('okhttp/4.12.0'), 'en')).toBe('The Drop app');
});
