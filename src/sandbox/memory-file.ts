import { randomBytes } from 'node:crypto';
import { copyFileSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { systemClock } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';

const memorySchema = z.object({
  /** The key under which national identity numbers are hashed. */
  hashKey: z.string().min(1),
  /** By name: what `persistence.save` returned, serialised and in base64. */
  emulators: z.record(z.string(), z.string()),
});

/** What the sandbox keeps beside its database, so that a restart finds everything as it was. */
export type Memory = z.output<typeof memorySchema>;

/** Reads the file. One that is there and cannot be read is kept aside, and `warn` is told; the sandbox begins anew. */
export function readMemory(file: string, warn: (message: string) => void): Memory {
  const text = textOf(file);
  if (text !== undefined) {
    const found = memorySchema.safeParse(parsed(text));
    if (found.success) return found.data;
    const kept = keepAside(file);
    warn(
      `${file} could not be read and is kept as ${kept}. The emulators begin anew, and people are hashed under ` +
        'a new key. npm start -- --fresh begins anew altogether.',
    );
  }
  return { hashKey: randomBytes(32).toString('base64'), emulators: {} };
}

/** Copies the file before something else takes its place. Returns the name of the copy. */
export function keepAside(file: string): string {
  const time = systemClock.now().toISOString().replaceAll(':', '-');
  const kept = `${file}.unreadable-${time}`;
  copyFileSync(file, kept);
  return kept;
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    const message = `${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`;
    throw new DropError('configuration_invalid', { message, cause });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
