import { expect, test } from 'vitest';
import { LiveDrop } from '../security/bankid/live-drop.ts';

test('the control plane chooses who signs in next, without a page', async () => {
  const browser = await LiveDrop.start();
  await browser.stack.act('bankid', 'choose_next', { person: 'ola' });
  expect((await browser.finish(await browser.begin('kari'))).status).toBe(302);
  expect((await browser.get('/api/me')).body).toContain('Ola Prøvdal');
});

test('the choice is for one sign-in, and an empty one takes it back', async () => {
  const browser = await LiveDrop.start();
  await browser.stack.act('bankid', 'choose_next', { person: 'ola' });
  await browser.begin('kari');
  await browser.finish(await browser.begin('kari'));
  expect((await browser.get('/api/me')).body).toContain('Kari Testnes');
  await browser.stack.act('bankid', 'choose_next', { person: 'ola' });
  await browser.stack.act('bankid', 'choose_next', {});
  await browser.finish(await browser.begin('kari'));
  expect((await browser.get('/api/me')).body).toContain('Kari Testnes');
});
