import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Environment } from './environment.ts';

const environmentSchema = z.record(z.string(), z.string());

/** The file in which a sandbox that runs keeps the variables that it was started with. */
export function sandboxEnvironmentFile(dataDirectory: string): string {
  return join(dataDirectory, 'environment.json');
}

/** The variables of the sandbox in `dataDirectory`; undefined where the file is absent or cannot be read. */
export function sandboxEnvironment(dataDirectory: string): Environment | undefined {
  try {
    const parsed: unknown = JSON.parse(readFileSync(sandboxEnvironmentFile(dataDirectory), 'utf8'));
    return environmentSchema.parse(parsed);
  } catch {
    return undefined;
  }
}

/**
 * The variables of Drop on this machine: `outer`, or those of the sandbox that runs in its `DROP_DATA_DIR`, unless
 * `outer` configures a Drop of its own.
 */
export function environmentOfDrop(outer: Environment): { environment: Environment; isSandbox: boolean } {
  const isOwn = ['DATABASE_URL', 'DATABASE_URL_FILE', 'DROP_ENVIRONMENT'].some((name) => outer[name]);
  const ofSandbox = isOwn ? undefined : sandboxEnvironment(outer['DROP_DATA_DIR'] ?? '.drop');
  return { environment: ofSandbox ?? outer, isSandbox: ofSandbox !== undefined };
}
