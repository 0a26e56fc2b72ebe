import { rmSync } from 'node:fs';
import { sandboxEnvironmentFile } from '#configuration/sandbox-environment.ts';
import type { Environment } from '#configuration/environment.ts';
import { writeWhole } from '#store/embedded/whole-file.ts';

/** Writes what this sandbox is configured with, for commands of the operator. Returns the step that deletes it. */
export function keepEnvironment(dataDirectory: string, environment: Environment): () => Promise<void> {
  const file = sandboxEnvironmentFile(dataDirectory);
  writeWhole(file, JSON.stringify(environment));
  return async () => rmSync(file, { force: true });
}
