import { processEnvironment, readVariable } from '#configuration/environment.ts';
import { isLoopback } from '#configuration/hosts.ts';
import { systemClock, type Clock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { DropError } from '#domain/errors.ts';
import { createDispatcher } from '#outbound/dispatcher.ts';
import { createOutbound } from '#services/guarded-call.ts';
import { commandVariables, type CommandSettings } from '#services/better-stack/command-variables.ts';
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
  const names = Object.keys(commandVariables.shape);
  const given = names.map((name) => [name, readVariable(processEnvironment, name)]);
  const parsed = commandVariables.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path }) => `  ${path.join('.')} ${problemOf(String(path[0]))}`);
    throw invalid([...new Set(lines)].join('\n'));
  }
  const { protocol, hostname } = new URL(parsed.data.BETTERSTACK_API_URL);
  if (protocol !== 'https:' && !isLoopback(hostname))
    throw invalid('  BETTERSTACK_API_URL must be an https: address, since the token is sent there');
  return parsed.data;
}

function problemOf(name: string): string {
  const isGiven = readVariable(processEnvironment, name) !== undefined;
  return isGiven ? 'is not in the form that docs/configuration.md names' : 'is required';
}

function invalid(lines: string): DropError {
  const message = `The variables of \`drop monitors\` are at fault:\n${lines}`;
  return new DropError('configuration_invalid', { message });
}
