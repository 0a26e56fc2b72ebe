import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { nobody } from '../outbound/guarded.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

const program = (origin: string): string => `
  import { Agent } from 'undici';
  import { systemClock } from '#domain/clock.ts';
  import { createOutbound } from '#services/guarded-call.ts';
  let attempts = 0;
  const outbound = createOutbound({
    provider: 'test',
    origins: ['${origin}'],
    clock: systemClock,
    dispatcher: new Agent(),
    onAttempt: () => (attempts += 1),
    random: () => 1,
  });
  const call = { operation: 'test.act', method: 'GET', url: '${origin}', repeatable: true, timeoutMs: 3_600_000 };
  await outbound.send(call).catch((error) => console.log(error.code, attempts));
`;

test('a process that has nothing else to do waits for a call to end, and no longer', async () => {
  const parameters = ['--input-type=module-typescript', '--eval', program(await nobody())];
  const child = spawn(process.execPath, parameters, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill());
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  expect(await text(child.stdout)).toBe('provider_unavailable 3\n');
  expect(await ended).toBe(0);
});
