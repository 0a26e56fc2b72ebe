import { describe, expect, test } from 'vitest';
import { startMockDrop } from '../bankid/mock-drop.ts';

const apple = '/.well-known/apple-app-site-association';
const android = '/.well-known/assetlinks.json';
const fingerprint = Array.from({ length: 32 }, (_, at) => (at + 160).toString(16)).join(':');
const link = { BANKID_APP_LINK: 'https://getdrop.example/app/auth/callback' };
const iOS = { IOS_APP_IDS: 'ABCDE12345.no.getdrop.app, ABCDE12345.no.getdrop.beta' };
const androidApp = { ANDROID_PACKAGE: 'no.getdrop.app', ANDROID_CERTIFICATES: fingerprint };

test('iOS is told the apps of the link and its exact path', async () => {
  const drop = await startMockDrop({ ...link, ...iOS });
  const { status, headers, body } = await drop.get(apple);
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('application/json');
  expect(JSON.parse(body)).toEqual({
    applinks: {
      details: [
        {
          appIDs: ['ABCDE12345.no.getdrop.app', 'ABCDE12345.no.getdrop.beta'],
          components: [{ '/': '/app/auth/callback', comment: 'the end of a sign-in' }],
        },
      ],
    },
  });
  expect((await drop.get(android)).status).toBe(404);
});

test('Android is told the app of the domain, by its certificates', async () => {
  const drop = await startMockDrop({ ...link, ...androidApp });
  const { status, headers, body } = await drop.get(android);
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('application/json');
  expect(JSON.parse(body)).toEqual([
    {
      relation: ['delegate_permission/common.handle_all_urls'],
      target: {
        namespace: 'android_app',
        package_name: 'no.getdrop.app',
        sha256_cert_fingerprints: [fingerprint.toUpperCase()],
      },
    },
  ]);
  expect((await drop.get(apple)).status).toBe(404);
});

describe('is not served', () => {
  test.each([
    ['without configuration', {}],
    ['with a link of the app’s own scheme', { ...iOS, ...androidApp }],
    ['with the link alone', link],
    ['without the certificates', { ...link, ANDROID_PACKAGE: 'no.getdrop.app' }],
    ['without the package', { ...link, ANDROID_CERTIFICATES: fingerprint }],
  ])('%s', async (_case, environment) => {
    const drop = await startMockDrop(environment);
    for (const path of [apple, android]) {
      const { status, body } = await drop.get(path, { accept: 'text/html' });
      expect(status).toBe(404);
      expect(JSON.parse(body)).toMatchObject({ code: 'not_found' });
    }
  });
});

test.each(['AA:BB', fingerprint.replaceAll(':', ''), `${fingerprint}:AA`])(
  'an invalid SHA-256 fingerprint is refused at the start (%s)',
  async (given) => {
    const started = startMockDrop({ ...link, ...androidApp, ANDROID_CERTIFICATES: given });
    await expect(started).rejects.toThrow(/ANDROID_CERTIFICATES must be SHA-256 fingerprints/);
  },
);
