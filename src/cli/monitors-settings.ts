import { processEnvironment, readVariable, sourceOf, type Environment } from '#configuration/environment.ts';
import { isLoopback } from '#configuration/hosts.ts';
import { environmentOfDrop } from '#configuration/sandbox-environment.ts';
import { systemClock, type Clock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { DropError } from '#domain/errors.ts';
import { createDispatcher } from '#outbound/dispatcher.ts';
import { createOutbound } from '#services/guarded-call.ts';
import { commandVariables, type CommandSettings } from '#services/better-stack/command-variables.ts';
import { variables as variablesOfDrop } from '#services/better-stack/variables.ts';
import { createMonitoringApi, type MonitoringApi } from '#services/better-stack/monitors/api.ts';

/** The command waits for nothing but these calls, and Node would end it in the middle of a wait. */
const clock: Clock = {
  ...systemClock,
  schedule: (delayMs, task) => systemClock.schedule(delayMs, task, { keepsAlive: true }),
};

/**
 * Runs `work` with the API of BetterStack. It reads its own variables only, so that it needs neither a database nor the
 * secrets of Drop.
 *
 * @throws {DropError} `configuration_invalid`, naming every variable at fault and no value.
 */
export async function withMonitoring<Result>(
  work: (api: MonitoringApi, settings: CommandSettings) => Promise<Result>,
): Promise<Result> {
  const settings = readSettings();
  const dispatcher = createDispatcher();
  const { origin } = new URL(settings.BETTERSTACK_API_URL);
  const outbound = createOutbound({
    provider: 'better-stack',
    origins: [origin],
    clock,
    dispatcher,
    random: systemEntropy.fraction,
  });
  try {
    const options = { origin, token: settings.BETTERSTACK_API_TOKEN };
    return await work(createMonitoringApi(options, { clock, outbound }), settings);
  } finally {
    await dispatcher.close();
  }
}

function readSettings(): CommandSettings {
  const environment = givenEnvironment();
  const names = Object.keys(commandVariables.shape);
  warnOfUnknown(processEnvironment, names);
  const given = names.map((name) => [name, readVariable(environment, name)]);
  const parsed = commandVariables.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    const problem = (name: string): string => problemOf(name, environment);
    const lines = parsed.error.issues.map(({ path }) => `  ${path.join('.')} ${problem(String(path[0]))}`);
    throw invalid([...new Set(lines)].join('\n'));
  }
  const { protocol, hostname } = new URL(parsed.data.BETTERSTACK_API_URL);
  if (protocol !== 'https:' && !isLoopback(hostname))
    throw invalid('  BETTERSTACK_API_URL must be an https: address, since the token is sent there');
  return parsed.data;
}

/** A sandbox that runs here has an emulator of BetterStack. It is meant where no account is named. */
function givenEnvironment(): Environment {
  const account = ['BETTERSTACK_API_TOKEN', 'BETTERSTACK_API_URL'];
  if (account.some((name) => sourceOf(processEnvironment, name) !== undefined)) return processEnvironment;
  const { environment, isSandbox } = environmentOfDrop(processEnvironment);
  if (!isSandbox || environment['BETTERSTACK_API_URL'] === undefined) return processEnvironment;
  process.stderr.write(`at the sandbox's emulator of BetterStack, ${environment['BETTERSTACK_API_URL']}\n`);
  const own = Object.entries(processEnvironment).filter(([name, value]) => isOfService(name) && value);
  return { ...environment, ...Object.fromEntries(own) };
}

const isOfService = (name: string): boolean => name.startsWith('BETTERSTACK_');

/** A misspelt name would leave the default in force, such as another health address than the one that is meant. */
function warnOfUnknown(environment: Environment, names: readonly string[]): void {
  const known = new Set([...names, ...Object.keys(variablesOfDrop.shape)]);
  const unknown = Object.keys(environment).filter(
    (name) => isOfService(name) && !known.has(name.replace(/_FILE$/, '')),
  );
  if (unknown.length === 0) return;
  const list = unknown.toSorted().join(', ');
  process.stderr.write(`not read, since no variable has this name: ${list} (docs/configuration.md)\n`);
}

function problemOf(name: string, environment: Environment): string {
  const isGiven = readVariable(environment, name) !== undefined;
  return isGiven ? 'is not in the form that docs/configuration.md names' : 'is required';
}

function invalid(lines: string): DropError {
  const message = `The variables of \`drop monitors\` are at fault:\n${lines}`;
  return new DropError('configuration_invalid', { message });
}
