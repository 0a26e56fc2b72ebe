import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { examples } from './filters.ts';
import { limitUpTo } from './option-values.ts';

const minutesMax = 120;

interface DrillOptions {
  minutes?: number;
  recovery?: number;
  report?: string;
  json?: true;
}

/** `drop drill`: an outage of one service, in a sandbox of its own and in minutes of its own. */
export function drillCommand(): Command {
  return new Command('drill')
    .description(
      'take a service down in a sandbox of its own, and report minute by minute what customers and operators see',
    )
    .argument('<service>', 'a provider as the sandbox names it, such as bankid, or the database')
    .option(
      '--minutes <number>',
      'how long it is down, in minutes of the drill: 1 to 120 (default: 15)',
      limitUpTo(minutesMax),
    )
    .option(
      '--recovery <number>',
      'how long to look on afterwards: 1 to 120 (default: 12)',
      limitUpTo(minutesMax),
    )
    .option('--report <file>', 'where to write the report (default: .drop/drills/)')
    .option('--json', 'one JSON object')
    .addHelpText('after', examples('drill bankid', 'drill database --minutes 5 --report drill.md'))
    .action(drill);
}

/** A drill is a process of its own, since its clock is not that of the command line. */
async function drill(subject: string, options: DrillOptions): Promise<void> {
  const program = fileURLToPath(new URL('../../bin/drill.js', import.meta.url));
  const parameters = JSON.stringify({ subject, ...options });
  const child = spawn(process.execPath, [program, parameters], { stdio: 'inherit' });
  // Ctrl-C reaches the drill, too, which then removes what it started.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => void child.kill('SIGTERM'));
  const [code] = (await once(child, 'exit')) as [number | null];
  process.exitCode = code ?? 1;
}
