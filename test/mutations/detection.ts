import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** What looks for planted bugs: real scenarios in simulated time, staged ones on PostgreSQL, and the model. */
export const finders = ['simulator', 'stage', 'model'] as const;
export type Finder = (typeof finders)[number];

/** How a planted bug was found. */
export interface Detection {
  /** The law that was broken. */
  found: string;
  /** How many runs, scenarios or states were tried until then. */
  tried: number;
  /** The scenario. */
  where: string;
}

const msMax = 600_000;

/**
 * Starts a child process in which `name`, or nothing, is planted, and resolves with what the finder found; undefined
 * where it found nothing.
 */
export async function detect(
  name: string | undefined,
  finder: Finder,
  parameters: readonly string[],
): Promise<Detection | undefined> {
  const files = ['--import', './test/mutations/plant.ts', `./test/mutations/probe-${finder}.ts`];
  const child = spawn(process.execPath, ['--no-warnings', ...files, ...parameters], {
    env: { ...process.env, PLANTED_BUG: name ?? '' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: msMax,
    killSignal: 'SIGKILL',
  });
  const { promise: ended, resolve, reject } = Promise.withResolvers<number | null>();
  child.once('error', reject);
  child.once('close', resolve);
  const [output, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  const line = output.trimEnd().split('\n').at(-1) ?? '';
  if (code !== 0 || !/^(null|\{.*\})$/.test(line))
    throw new Error(
      `${finder} with ${name ?? 'nothing'} planted ended with ${code}: ${errors.slice(-2_000)}`,
    );
  return (JSON.parse(line) as Detection | null) ?? undefined;
}
