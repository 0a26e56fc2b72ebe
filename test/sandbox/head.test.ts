import { request } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import { emulatorNames, startEmulators } from '#sandbox/emulators.ts';
import { listenOnLoopback } from '../support/loopback.ts';

test('HEAD has no effect at an emulator either', async () => {
  const named = emulatorNames().map(async (name) => [name, await listenOnLoopback(0)] as const);
  const servers = new Map(await Promise.all(named));
  onTestFinished(async () => void (await Promise.all([...servers.values()].map((server) => server.close()))));
  await startEmulators(servers, { appOrigin: 'http://localhost:3000', random: () => 0.5 });
  for (const [name, { origin }] of servers) {
    const { statusCode, headers } = await request(origin, { method: 'HEAD' });
    expect({ name, statusCode, allow: headers['allow'] }).toEqual({ name, statusCode: 405, allow: 'GET' });
  }
});
