import { Command } from 'commander';
import { systemClock } from '#domain/clock.ts';
import { isDropError } from '#domain/errors.ts';
import { version } from '#configuration/version.ts';
import { faultsOf, systemState, type SystemState } from '#usecases/operate/status.ts';
import { withExitCodes } from './exit-codes.ts';
import { examples } from './filters.ts';
import { internalAddresses, internalHealth, type InternalHealth } from './internal-health.ts';
import { jsonLine } from './json-line.ts';
import { onRunningDatabase } from './running-database.ts';
import { statusText, type Status } from './status-text.ts';

/** `drop status`: how Drop is, on one screen. */
export function statusCommand(): Command {
  const command = new Command('status')
    .description('how Drop is: health, processes, alerts, open payments, queues, breakers, jobs, routing')
    .option('--internal <address>', 'the internal listener of a process (default: the one on this machine)')
    .option('--json', 'one JSON object')
    .addHelpText('after', examples('status', 'status --json'))
    .action(show);
  return withExitCodes(command, '0 Drop works, 1 something fails, 2 wrong use of the command line');
}

async function show({ internal, json }: { internal?: string; json?: true }): Promise<void> {
  const health = (await internalHealth(internal)) ?? null;
  const { state, fault } = await stateOrFault();
  const faults = [...(fault === undefined ? [] : [fault]), ...faultsOfHealth(health)];
  const lookedAt = internalAddresses(internal);
  const all = [...faults, ...(state ? faultsOf(state) : [])];
  const status: Status = { version, state, health, lookedAt, faults: all };
  process.stdout.write(json ? jsonLine(status) : statusText(status, systemClock.now()));
  if (status.faults.length > 0) process.exitCode = 1;
}

async function stateOrFault(): Promise<{ state: SystemState | null; fault?: string }> {
  try {
    return { state: await onRunningDatabase(systemState) };
  } catch (error) {
    if (isDropError(error)) return { state: null, fault: error.message };
    throw error;
  }
}

function faultsOfHealth(health: InternalHealth | null): string[] {
  if (health === null) return [];
  const failing = Object.entries(health.components).filter(([, state]) => state === 'fail');
  const reasons = failing.map(([name]) => {
    const reason = health.reasons?.[name];
    return `component ${name}${reason === undefined ? '' : `: ${reason}`}`;
  });
  return [...(health.status === 'ok' ? [] : ['the process does not serve']), ...reasons];
}
