import { Command } from 'commander';
import { DropError } from '#domain/errors.ts';
import { moneyToDecimal } from '#domain/money.ts';
import { Journey } from './journey.ts';
import { jsonLine } from './json-line.ts';
import { plain } from './plain.ts';

interface SmokeOptions {
  url: string;
  bank?: string;
  json?: true;
}

/** The result of one step, as printed. */
interface StepResult {
  step: string;
  ok: boolean;
  durationMs: number;
  detail: string;
}

/** `drop smoke`: runs the customer's journey over HTTP against a running sandbox. */
export function smokeCommand(): Command {
  return new Command('smoke')
    .description('sign in, verify, link a bank and pay, over HTTP against a running sandbox')
    .option('--url <address>', 'address of the sandbox', 'http://localhost:3000')
    .option('--bank <name>', 'bank to link and pay from; the first one by default')
    .option('--json', 'one JSON object per step')
    .addHelpText(
      'after',
      '\nExamples:\n  npx drop smoke\n  npx drop smoke --url http://localhost:4000 --bank Nordea --json',
    )
    .action((options: SmokeOptions) => smoke(options, (text) => void process.stdout.write(text)));
}

/** @throws {DropError} `internal_error`, which names the step that failed. */
async function smoke({ url, bank, json }: SmokeOptions, write: (text: string) => void): Promise<void> {
  const journey = new Journey(url);
  const startedAt = performance.now();
  const tell = (result: StepResult): void => write(json ? jsonLine(result) : stepLine(result));
  try {
    for (const [step, run] of steps(journey, bank)) await timed(step, run, tell);
  } finally {
    await journey.close();
  }
  if (!json) write(`\n  All steps passed in ${Math.round(performance.now() - startedAt)} ms\n`);
}

function steps(journey: Journey, bank: string | undefined): [string, () => Promise<string>][] {
  return [
    ['health', async () => journey.checkHealth()],
    ['sign in with BankID', async () => journey.signIn()],
    ['verify identity with Sumsub', async () => journey.verify()],
    ['link a bank', async () => journey.linkBank(bank)],
    ['read the balance', async () => moneyText(await journey.readBalance())],
    ['pay NOK 250.00 with a KID', async () => journey.pay()],
    ['approve at the bank', async () => journey.approve()],
    ['settled', async () => journey.awaitSettlement()],
    ['told in the inbox', async () => journey.findNotification()],
    ['sign out', async () => journey.signOut()],
  ];
}

async function timed(
  step: string,
  run: () => Promise<string>,
  tell: (result: StepResult) => void,
): Promise<void> {
  const startedAt = performance.now();
  const durationMs = (): number => Math.round(performance.now() - startedAt);
  try {
    const detail = await run();
    tell({ step, ok: true, durationMs: durationMs(), detail });
  } catch (error) {
    const detail = error instanceof Error ? reasonOf(error) : String(error);
    tell({ step, ok: false, durationMs: durationMs(), detail });
    throw new DropError('internal_error', { message: `"${step}" failed: ${detail}`, cause: error });
  }
}

function reasonOf(error: Error): string {
  const isRefused = 'code' in error && error.code === 'ECONNREFUSED';
  return isRefused ? 'no answer at this address; start the sandbox first: npm start' : error.message;
}

function stepLine({ step, ok, durationMs, detail }: StepResult): string {
  return `  ${ok ? '✓' : '✗'} ${step.padEnd(30)} ${`${durationMs} ms`.padStart(8)}   ${plain(detail)}\n`;
}

function moneyText(oere: number): string {
  return `${moneyToDecimal({ amount: oere, currency: 'NOK' })} NOK`;
}
