import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

const stepMsMax = 1_800_000;

/** One step of the check. */
export interface Step {
  name: string;
  /** Says why it failed, or nothing. */
  run: () => Promise<string | undefined>;
}

export interface StepResult {
  name: string;
  seconds: string;
  failure: string | undefined;
}

/** Runs the steps one after the other, all of them, and tells of each as it goes. */
export async function runSteps(steps: readonly Step[], print: (line: string) => void): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for (const [index, step] of steps.entries()) {
    print(`\n── ${index + 1}/${steps.length} ${step.name} ${'─'.repeat(Math.max(0, 60 - step.name.length))}`);
    const startedAt = performance.now();
    const failure = await step.run();
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    results.push({ name: step.name, seconds, failure });
    print(describe({ name: step.name, seconds, failure }));
  }
  return results;
}

export function describe({ name, seconds, failure }: StepResult): string {
  return failure === undefined ? `✓ ${name} (${seconds} s)` : `✗ ${name} (${seconds} s): ${failure}`;
}

/** Runs a command of the project with its output shown; resolves with why it failed, or nothing. */
export async function runCommand(
  command: string,
  parameters: readonly string[],
  environment: Record<string, string> = {},
): Promise<string | undefined> {
  const path = [join(process.cwd(), 'node_modules', '.bin'), process.env['PATH']].join(delimiter);
  const child = spawn(command, parameters, {
    stdio: 'inherit',
    timeout: stepMsMax,
    env: { ...process.env, ...environment, PATH: path },
  });
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const line = [command, ...parameters].join(' ');
  child.once('error', (error) => resolve(`${line}: ${error.message}`));
  child.once('exit', (code, signal) => {
    if (code === 0) resolve(undefined);
    else resolve(signal === null ? `\`${line}\` ended with ${code}` : `\`${line}\` was stopped by ${signal}`);
  });
  return promise;
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
