import { styleText } from 'node:util';
import type { PlacedEmulator } from './emulators.ts';

/** Tells whoever started the sandbox what happens. */
export interface Progress {
  done(step: string, detail: string): void;
  ready(ready: Ready): void;
  stopping(signal: string): void;
  stopped(): void;
  failed(message: string): void;
}

export interface Ready {
  appOrigin: string;
  controlOrigin: string;
  controlToken: string;
  emulators: readonly PlacedEmulator[];
  people: { name: string; note: string }[];
  bankCustomers: { name: string; note: string }[];
  dataDirectory: string;
  logFile: string;
  startedInMs: number;
}

/** One JSON object a line on standard output, for programs. */
export function jsonProgress(write: (line: string) => void): Progress {
  const say = (event: string, details: object): void => write(`${JSON.stringify({ event, ...details })}\n`);
  return {
    done: (step, detail) => say('done', { step, detail }),
    ready: ({ emulators, ...ready }) =>
      say('ready', {
        ...ready,
        emulators: Object.fromEntries(emulators.map(({ emulator, origin }) => [emulator.name, origin])),
      }),
    stopping: (signal) => say('stopping', { signal }),
    stopped: () => say('stopped', {}),
    failed: (message) => say('failed', { message }),
  };
}

/** For people. */
export function wordProgress(write: (text: string) => void): Progress {
  const bold = (text: string): string => styleText('bold', text);
  const dim = (text: string): string => styleText('dim', text);
  const tick = styleText('green', '✓');
  return {
    done: (step, detail) => write(`  ${tick} ${step.padEnd(12)} ${dim(detail)}\n`),
    ready: (ready) => write(readyText(ready, { bold, dim })),
    stopping: (signal) => write(`\n  Stopping (${signal}) …\n`),
    stopped: () => write('  Stopped. Nothing is left running.\n'),
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
  Try the whole journey from a second terminal: npx drop smoke --url ${ready.appOrigin}
  Kept in ${ready.dataDirectory} (npm start -- --fresh forgets it); log in ${ready.logFile}
  ${bold('Ctrl-C stops everything.')}

`;
}

const mockText = `
  Mock mode: every service is faked inside the process, and no call is made.
  One person signs in at once, is verified three seconds after asking, and every bank says yes.
  A payment to somebody called "avvis" is rejected; amounts ending in ,13 are cancelled, in ,14 stay open.
`;

function emulatedText(ready: Ready, rows: (pairs: { name: string; note: string }[]) => string): string {
  const addresses = ready.emulators.map(({ title, origin, note }) => ({
    name: title,
    note: note === undefined ? origin : `${origin}  ${note}`,
  }));
  return `
  Everything here is made up; no money moves. Emulators, on this machine only:
${rows(addresses)}

  People to choose at BankID:
${rows(ready.people)}

  Customers to choose at the bank:
${rows(ready.bankCustomers)}

  At Sumsub you choose the verdict on its page.
`;
}
