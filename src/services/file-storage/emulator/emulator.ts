import { Hono } from 'hono';
import type { Emulator, EmulatorEnvironment } from '#emulation/emulator.ts';

/** S3. */
export function createFileStorageEmulator(): Emulator {
  return {
    name: 'file-storage',
    routes: new Hono<EmulatorEnvironment>(),
    reset: () => undefined,
    state: () => ({}),
  };
}
