import { readFileSync } from 'node:fs';
import type { Secret } from '#domain/secret.ts';

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment of this process. */
export const processEnvironment: Environment = process.env;

/** Where the value of a variable is from. */
export type VariableSource = 'environment' | 'file' | 'secrets_manager';

/** Beside the environment, which child processes would inherit. */
const filled = new WeakMap<Environment, ReadonlyMap<string, Secret>>();

/** Gives `environment` the values of what it does not have itself. */
export function fillMissing(environment: Environment, values: ReadonlyMap<string, Secret>): void {
  filled.set(environment, values);
}

/**
 * The value of `name`: its own, the content of the file that `<name>_FILE` names, or what the environment was filled
 * with. An empty value counts as absent. Throws the system's error when that file cannot be read.
 */
export function readVariable(environment: Environment, name: string): string | undefined {
  switch (sourceOf(environment, name)) {
    case 'environment':
      return environment[name];
    case 'file':
      return readFileSync(environment[`${name}_FILE`] ?? '', 'utf8').trimEnd();
    case 'secrets_manager':
      return filled.get(environment)?.get(name)?.reveal();
    case undefined:
      return undefined;
  }
}

/** Where `readVariable` finds the value of `name`; undefined where it finds none. */
export function sourceOf(environment: Environment, name: string): VariableSource | undefined {
  if (environment[name]) return 'environment';
  if (environment[`${name}_FILE`]) return 'file';
  return filled.get(environment)?.has(name) === true ? 'secrets_manager' : undefined;
}

/** Whether the value of `name` is given twice, so that it is not clear which one is meant. */
export function isGivenTwice(environment: Environment, name: string): boolean {
  return Boolean(environment[name]) && Boolean(environment[`${name}_FILE`]);
}
