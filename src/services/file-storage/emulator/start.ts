import type { StartedEmulator } from '#services/definition.ts';
import { createFileStorageEmulator } from './emulator.ts';

/** S3 as the sandbox has it. */
export function startFileStorageEmulator(): StartedEmulator {
  return { emulator: createFileStorageEmulator(), environment: {} };
}
