import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { applicationKey } from '../support/application-key.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** In the process: SIGUSR2 makes it throw, SIGHUP makes a rejection that nothing handles. */
const faulty = `
  process.on('SIGUSR2', () => { throw new TypeError('at fault'); });
  process.on('SIGHUP', () => void Promise.reject(new RangeError('rejected')));
`;

/** Drop's server as a process of its own, whose alerts go to `slackUrl`. */
export interface AlertingProcess {
  child: ChildProcess;
  lines: string[];
  /** Resolves when the process serves. */
  serving: Promise<void>;
  ended: Promise<number | null>;
}

export interface ProcessStart {
  databaseUrl: string;
  slackUrl: string;
  /** What the process is run by, such as a program that gives it the process id 1. */
  prefix?: readonly string[];
  /** Instead of Drop's own server; writes "Drop is at" when it serves. */
  program?: string;
  /** Further variables. */
  environment?: Readonly<Record<string, string>>;
}

export function startProcess({
  databaseUrl,
  slackUrl,
  prefix = [],
  program = 'bin/serve.js',
  ...more
}: ProcessStart): AlertingProcess {
  const own = ['--import', `data:text/javascript,${encodeURIComponent(faulty)}`, program];
  const [command = '', ...parameters] = [...prefix, process.execPath, ...own];
  const child = spawn(command, parameters, {
    cwd: root,
    env: { PATH: process.env['PATH'], ...environment(databaseUrl, slackUrl), ...more.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: string[] = [];
  const serving = Promise.withResolvers<undefined>();
  const read = (line: string): void => {
    lines.push(line);
    if (/Drop is (serving|at)/.test(line)) serving.resolve(undefined);
  };
  createInterface({ input: child.stdout }).on('line', read);
  createInterface({ input: child.stderr }).on('line', read);
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, lines, serving: serving.promise, ended };
}

function environment(databaseUrl: string, slackUrl: string): Record<string, string> {
  const { origin } = new URL(slackUrl);
  const ofBanks = openBankingProviders
    .flatMap(({ variables }) => Object.keys(variables.shape))
    .filter((name) => name.endsWith('_URL'));
  return {
    DROP_ENVIRONMENT: 'sandbox',
    DATABASE_URL: databaseUrl,
    HOST: '127.0.0.1',
    PORT: '0',
    INTERNAL_PORT: '0',
    NATIONAL_ID_HASH_KEY: Buffer.alloc(32, 7).toString('base64'),
    BANKID_CLIENT_ID: 'demo',
    BANKID_CLIENT_SECRET: 'demo',
    BANKID_ISSUER: origin,
    SUMSUB_APP_TOKEN: 'demo',
    SUMSUB_SECRET_KEY: 'demo',
    SUMSUB_API_URL: origin,
    SUMSUB_WEBSDK_SCRIPT_URL: origin,
    SUMSUB_WEBSDK_BASE_URL: origin,
    OPENBANKING_CLIENT_ID: 'demo',
    OPENBANKING_CLIENT_SECRET: applicationKey,
    ...Object.fromEntries(ofBanks.map((name) => [name, origin])),
    SLACK_WEBHOOK_URL: slackUrl,
  };
}
