// Runs a program of this directory on the Node that the project pins, whatever Node the machine has. There are
// platforms for which none is pinned: there it is the machine's. JavaScript that Node 20 understands.
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const installed = fileURLToPath(new URL('../node_modules/', import.meta.url));
const pinned = `${installed}.bin/node`;
/** A terminal sends SIGINT to every process of its group; these reach only the one that they are sent to. */
const passedOn = ['SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'];

/** Calls `run` where this is the pinned Node; or else stands for a process of it that runs the file at `url`. */
export async function onPinnedNode(url, run) {
  if (existsSync(pinned) && !process.execPath.startsWith(realpathSync(installed))) return stand(url);
  if (process.features.typescript) return run();
  process.stderr.write(
    `Drop needs Node 22.18 or later, and this is ${process.version}: use a later one, or install the Node that ` +
      'comes with the packages (npm ci, not with --omit=optional).\n',
  );
  process.exit(1);
}

/** Passes on the signals that would otherwise end this process alone, and ends as the pinned one ends. */
async function stand(url) {
  let child;
  // Before there is a child: the signal of a moment at which it is being made would leave it behind.
  for (const signal of passedOn) process.on(signal, () => void child.kill(signal));
  process.on('SIGINT', () => undefined);
  child = spawn(pinned, [fileURLToPath(url), ...process.argv.slice(2)], { stdio: 'inherit' });
  child.once('error', (error) => {
    throw error;
  });
  child.once('exit', (status, signal) => {
    if (signal === null) process.exit(status);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
