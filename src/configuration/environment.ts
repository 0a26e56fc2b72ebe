import { readFileSync } from 'node:fs';

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment of this process. */
export const processEnvironment: Environment = process.env;

/**
 * The value of `name`: its own, or the content of the file that `<name>_FILE` names. An empty value counts as absent.
 * Throws the system's error when that file cannot be read.
 */
export function readVariable(environment: Environment, name: string): string | undefined {
  const direct = environment[name];
  if (direct) return direct;
  const path = environment[`${name}_FILE`];
  return path ? readFileSync(path, 'utf8').trimEnd() : undefined;
}

/** Where the value of a variable comes from. */
export type VariableSource = 'environment' | 'file';

/** Where `readVariable` finds the value of `name`; undefined where it is not set. */
export function sourceOf(environment: Environment, name: string): VariableSource | undefined {
  if (environment[name]) return 'environment';
  return environment[`${name}_FILE`] ? 'file' : undefined;
}

/** Whether the value of `name` is given twice, so that it is not clear which one is meant. */
export function isGivenTwice(environment: Environment, name: string): boolean {
  return Boolean(environment[name]) && Boolean(environment[`${name}_FILE`]);
}
