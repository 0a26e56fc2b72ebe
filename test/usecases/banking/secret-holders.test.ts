import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { demoKey } from '#configuration/encryption-keys.ts';
import { createSealer, type SealingKey } from '#domain/sealer.ts';
import { Secret } from '#domain/secret.ts';
import { secretStateOf } from '#usecases/banking/secret-state.ts';
import { pendingConsent, secretRow, secretStand, type SecretStand } from './secrets.ts';

const program = fileURLToPath(new URL('doomed-change.ts', import.meta.url));

/** Runs a process that is killed while it changes the secrets; resolves with the secrets that it was given. */
async function killedHolder({ context, consent }: SecretStand): Promise<string> {
  const child = spawn(process.execPath, [program], {
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: context.store.url,
      NOW: context.clock.now().toISOString(),
      CONSENT: consent.id,
      KEY: demoKey.key.reveal(),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [given, [, signal]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  expect(signal).toBe('SIGKILL');
  return given;
}

test('the lease of a killed process runs out, and the next one gets the secrets as they were', async () => {
  const stand = await secretStand();
  const { context, consent } = stand;
  const state = secretStateOf(context, consent);
  await state.change(async () => ({ refreshToken: '1' }));
  expect(await killedHolder(stand)).toBe('{"refreshToken":"1"}');
  const next = state.change(async (latest) => ({ ...latest, next: 'yes' }));
  await expect.poll(() => context.clock.waits).toBe(1);
  context.clock.advance(29_999);
  await expect.poll(() => context.clock.waits).toBe(2);
  context.clock.advance(250);
  expect(await next).toEqual({ refreshToken: '1', next: 'yes' });
});

const keyOf = (id: string): SealingKey => ({ id, key: new Secret(`the key of ${id}`.repeat(4)) });
const sealerOf = (current: string, ...former: string[]) =>
  createSealer({
    current: keyOf(current),
    formerKeys: former.map(keyOf),
    newNonce: () => randomBytes(12),
  });

test('after a change of keys the secrets are read under the former one and kept under the current one', async () => {
  const { context, consent, otherProcess } = await secretStand();
  const before = otherProcess({ sealer: sealerOf('2025') });
  await secretStateOf(before, consent).change(async () => ({ refreshToken: '1' }));
  expect(await secretRow(context, consent)).toMatchObject({ key_id: '2025' });
  const after = secretStateOf(otherProcess({ sealer: sealerOf('2026', '2025') }), consent);
  expect(await after.read()).toEqual({ refreshToken: '1' });
  await after.change(async (latest) => ({ ...latest }));
  expect(await secretRow(context, consent)).toMatchObject({ key_id: '2026' });
  const withoutFormer = secretStateOf(otherProcess({ sealer: sealerOf('2026') }), consent);
  expect(await withoutFormer.read()).toEqual({ refreshToken: '1' });
});

test('without the key the secrets are neither read nor overwritten, and the error names the key', async () => {
  const { consent, otherProcess } = await secretStand();
  const before = secretStateOf(otherProcess({ sealer: sealerOf('2025') }), consent);
  await before.change(async () => ({ refreshToken: '1' }));
  const after = secretStateOf(otherProcess({ sealer: sealerOf('2026') }), consent);
  const missing = { code: 'internal_error', message: 'the encryption key "2025" is not configured' };
  await expect(after.read()).rejects.toMatchObject(missing);
  await expect(after.change(async () => ({ refreshToken: '2' }))).rejects.toMatchObject(missing);
  expect(await before.read()).toEqual({ refreshToken: '1' });
});

test('secrets that were copied to another consent in the database do not open there', async () => {
  const { context, user, consent } = await secretStand();
  const other = await pendingConsent(context, user);
  await secretStateOf(context, consent).change(async () => ({ refreshToken: '1' }));
  await secretStateOf(context, other).change(async () => ({ refreshToken: '2' }));
  const copied = await secretRow(context, consent);
  await context.store.database
    .updateTable('provider_secrets')
    .set({ sealed: copied?.sealed ?? null })
    .where('owner_id', '=', other.id)
    .execute();
  await expect(secretStateOf(context, other).read()).rejects.toMatchObject({ code: 'internal_error' });
});
