import { styleText } from 'node:util';
import { connectionsOf } from './connections.ts';
import type { PlacedEmulator } from './emulators.ts';

/** Reports the steps of the sandbox to the person or program that started it. */
export interface Progress {
  done(step: string, detail: string): void;
  /** Something that the start goes on without. */
  warning(message: string): void;
  ready(ready: Ready): void;
  stopping(signal: string): void;
  stopped(): void;
  failed(message: string): void;
}

export interface Ready {
  appOrigin: string;
  /** Metrics and the full health. */
  internalOrigin: string;
  controlOrigin: string;
  controlToken: string;
  emulators: readonly PlacedEmulator[];
  people: { name: string; note: string }[];
  bankCustomers: { name: string; note: string }[];
  dataDirectory: string;
  logFile: string;
  startedInMs: number;
}

/** Writes one JSON object per line, for programs. */
export function jsonProgress(write: (line: string) => void): Progress {
  const say = (event: string, details: object): void => write(`${JSON.stringify({ event, ...details })}\n`);
  return {
    done: (step, detail) => say('done', { step, detail }),
    warning: (message) => say('warning', { message }),
    ready: ({ emulators, ...ready }) =>
      say('ready', {
        ...ready,
        emulators: Object.fromEntries(emulators.map(({ emulator, origin }) => [emulator.name, origin])),
        connections: connectionsOf(emulators),
      }),
    stopping: (signal) => say('stopping', { signal }),
    stopped: () => say('stopped', {}),
    failed: (message) => say('failed', { message }),
  };
}

/** Writes plain text, for people. */
export function wordProgress(write: (text: string) => void): Progress {
  const bold = (text: string): string => styleText('bold', text);
  const dim = (text: string): string => styleText('dim', text);
  const tick = styleText('green', '✓');
  return {
    done: (step, detail) => write(`  ${tick} ${step.padEnd(12)} ${dim(detail)}\n`),
    warning: (message) => write(`  ${styleText('yellow', '!')} ${message}\n`),
    ready: (ready) => write(readyText(ready, { bold, dim })),
    stopping: (signal) => write(`\n  Stopping (${signal}) …\n`),
    stopped: () => write('  Stopped. All its processes have ended.\n'),
    failed: (message) => write(`\n  ${styleText('red', '✗')} ${message.replaceAll('\n', '\n    ')}\n\n`),
  };
}

type Style = Record<'bold' | 'dim', (text: string) => string>;

function readyText(ready: Ready, { bold, dim }: Style): string {
  const rows = (pairs: { name: string; note: string }[]): string =>
    pairs.map(({ name, note }) => `    ${name.padEnd(20)} ${dim(note)}`).join('\n');
  const address = `${bold(ready.appOrigin)}   ${dim(`(${(ready.startedInMs / 1000).toFixed(1)} s)`)}`;
  return `
  Drop is running at ${address}
${ready.emulators.length === 0 ? mockText : emulatedText(ready, rows)}
  Run the customer's journey from a second terminal: npx drop smoke --url ${ready.appOrigin}
  Metrics: ${ready.internalOrigin}/metrics. Health, with the providers: ${ready.internalOrigin}/api/health
  Data: ${ready.dataDirectory} (npm start -- --fresh deletes it). Log: ${ready.logFile}
  ${bold('Press Ctrl-C to stop everything.')}

`;
}

const mockText = `
  Mock mode: Drop simulates every service inside its process and makes no calls.
  One person signs in at once and is verified after three seconds. Every bank approves.
  A payment to a recipient named "avvis" is rejected. Amounts ending in ,13 are cancelled; those in ,14 stay open.
`;

function emulatedText(ready: Ready, rows: (pairs: { name: string; note: string }[]) => string): string {
  const addresses = ready.emulators.map(({ title, origin, note }) => ({
    name: title,
    note: note === undefined ? origin : `${origin}  ${note}`,
  }));
  return `
  All data is made up, and no money moves. The emulators run on this machine only:
${rows(addresses)}

  People to choose at BankID:
${rows(ready.people)}

  Customers to choose at the bank:
${rows(ready.bankCustomers)}

  You choose the outcome of the identity check on Sumsub's page. All else can go wrong on demand: press "Styr
  sandkassen" ("Control the sandbox") at the top of the app.

  From your own client (docs/sandbox.md): ${ready.controlOrigin}/__sandbox/connections
  with the header Authorization: Bearer ${ready.controlToken}
`;
}
