/** One instruction of a Dockerfile, with its lines joined. */
export interface Instruction {
  name: string;
  rest: string;
}

/** A stage: what follows a FROM. */
export interface Stage {
  /** The image that it begins with, or the name of an earlier stage. */
  from: string;
  /** Undefined for the last one. */
  name: string | undefined;
  instructions: readonly Instruction[];
}

/** Reads the stages of a Dockerfile. Comments are left out; a line that ends with `\` goes on in the next. */
export function stagesOf(text: string): Stage[] {
  const lines = text
    .split('\n')
    .filter((line) => !/^\s*(#|$)/.test(line))
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n');
  const stages: (Stage & { instructions: Instruction[] })[] = [];
  for (const line of lines) {
    const [, name = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
    if (name === 'FROM') {
      const [, from = '', as] = /^(\S+)(?:\s+AS\s+(\S+))?$/i.exec(rest) ?? [];
      stages.push({ from, name: as, instructions: [] });
    } else stages.at(-1)?.instructions.push({ name, rest });
  }
  return stages;
}

/** The last instruction of that name. */
export function lastOf({ instructions }: Stage, name: string): Instruction | undefined {
  return instructions.findLast((each) => each.name === name);
}

/**
 * The program and its parameters, from the exec form.
 *
 * @throws when it is in the shell form, in which signals do not reach the program.
 */
export function execForm(rest: string): string[] {
  const json = /\[.*\]$/.exec(rest)?.[0];
  const parsed: unknown = json === undefined ? undefined : JSON.parse(json);
  if (!Array.isArray(parsed) || !parsed.every((part) => typeof part === 'string'))
    throw new Error(`${rest} is not in the exec form, ["program", "parameter"]`);
  return parsed;
}

/** Whether `.dockerignore` lets `path` into the build: the last pattern that names it, or a folder above, decides. */
export function isInContext(path: string, ignore: string): boolean {
  let isIn = true;
  for (const line of ignore.split('\n')) {
    const pattern = line.trim();
    if (pattern === '' || pattern.startsWith('#')) continue;
    const isException = pattern.startsWith('!');
    if (expressionOf(pattern.replace('!', '')).test(path)) isIn = isException;
  }
  return isIn;
}

function expressionOf(pattern: string): RegExp {
  const source = pattern
    .replaceAll('.', String.raw`\.`)
    .replaceAll('**/', '(?:.+/)?')
    .replaceAll(/(?<!\))\*/g, '[^/]*');
  return new RegExp(`^${source}(?:/|$)`);
}
