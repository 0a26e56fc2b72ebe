import type { Environment } from '#configuration/environment.ts';
import type { Clock } from '#domain/clock.ts';
import { isDropError } from '#domain/errors.ts';
import { toOwnVariables } from '#services/open-banking/credentials.ts';
import type { ProviderDefinition } from '#services/open-banking/definition.ts';
import { subjectOf } from '../provider-subject.ts';
import { liveChecks, type LiveSubject } from './checks.ts';
import { liveClient } from './client.ts';
import { createDrift, type Difference } from './drift.ts';

/** The exit codes of the command. */
export const exitCodes = { same: 0, failed: 1, drift: 2 } as const;

export interface LiveRun {
  providers: readonly ProviderDefinition[];
  /** The credentials and addresses, under the providers' own variables. */
  environment: Environment;
  clock: Clock;
  /** The name of the bank to ask; see `LiveSubject`. */
  bankName?: string | undefined;
  /** One line of the report. */
  print(line: string): void;
}

/** Runs the checks against every provider with credentials, and reports. Resolves with the exit code. */
export async function runLive(run: LiveRun): Promise<number> {
  const results: ProviderResult[] = [];
  for (const definition of run.providers) {
    run.print(definition.displayName);
    results.push(await runProvider(run, definition));
  }
  const drift = results.flatMap(({ differences }) => differences);
  if (results.every(({ isSkipped }) => isSkipped)) run.print('Nothing was run.');
  else printDrift(drift, run.print);
  if (results.some(({ failures }) => failures > 0)) return exitCodes.failed;
  return drift.length > 0 ? exitCodes.drift : exitCodes.same;
}

function printDrift(drift: readonly Difference[], print: LiveRun['print']): void {
  print(drift.length === 0 ? 'No drift.' : `Drift (${drift.length}):`);
  for (const { operation, path, kind, example } of drift)
    print(`  ${operation}: ${path}: ${kind}${example === '' ? '' : ` (${example})`}`);
}

interface ProviderResult {
  isSkipped: boolean;
  failures: number;
  differences: readonly Difference[];
}

async function runProvider(run: LiveRun, definition: ProviderDefinition): Promise<ProviderResult> {
  const { environment, clock, print, bankName } = run;
  const { impostor: foreign, documentedFields: documented } = await subjectOf(definition.id);
  const drift = createDrift({ documented, recorded: definition.recorded ?? {} });
  const client = liveClient(definition, environment, { clock, drift });
  const isSkipped = client.kind === 'absent';
  if (client.kind === 'absent') print(`  skipped: ${client.reason}`);
  if (client.kind === 'faulty') for (const fault of client.faults) print(`  failed: ${fault}`);
  if (client.kind !== 'live') return { isSkipped, failures: isSkipped ? 0 : 1, differences: [] };
  const others = { ...environment, ...toOwnVariables(definition.id, foreign) };
  const impostor = liveClient(definition, others, { clock, drift });
  if (impostor.kind !== 'live') throw new RangeError('the other credentials are of the same form');
  const { provider, callbackUrl } = client;
  const failures = await runChecks({ provider, callbackUrl, impostor: impostor.provider, bankName }, print);
  await Promise.all([client.close(), impostor.close()]);
  return { isSkipped, failures, differences: drift.differences() };
}

async function runChecks(subject: LiveSubject, print: LiveRun['print']): Promise<number> {
  let failures = 0;
  for (const { name, run } of liveChecks) {
    try {
      print(`  ok: ${name} (${await run(subject)})`);
    } catch (error) {
      failures += 1;
      print(`  failed: ${name}: ${problemOf(error)}`);
    }
  }
  return failures;
}

/** Codes and Drop's own sentences only: what a provider or a system says may hold anything. */
function problemOf(error: unknown): string {
  if (error instanceof RangeError) return error.message;
  if (!isDropError(error)) return error instanceof Error ? error.name : 'unknown';
  const { outcome, httpStatus, providerCode } = error.details;
  return [error.code, outcome, httpStatus, providerCode].filter((part) => part !== undefined).join(', ');
}
