// Measures Drop and writes bench/results.md, bench/growth.json and the plot of it. `--rounds <n>` changes how often;
// `--only <part>` measures one part and writes nothing. Nothing fails for being slow.
import { rm, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { buildWebIfStale } from '../src/sandbox/web-build.ts';
import { root, stopChildren } from './children.ts';
import { newDataDirectory, removeDatabases, startDatabase } from './databases.ts';
import { bareOfFiles, documentsBench, documentsTitle, tagged } from './documents.ts';
import { errorSpikeBench, flood, spikeTitle } from './error-spike.ts';
import { bareCall, guardedCall, guardedCallBench, guardedTitle } from './guarded-call.ts';
import { compare, type Comparison } from './harness.ts';
import { idleMemory, sandboxIdle } from './idle-memory.ts';
import { inboxBench, inboxTargets } from './inbox.ts';
import { inboxSoak, soakTarget } from './inbox-soak.ts';
import { assertLoadGenerator } from './load.ts';
import { guardedOutage, outageBench, outageTitle, plainLoop } from './outage.ts';
import { openBankingBench, openBankingTargets } from './open-banking.ts';
import { outboxBench } from './outbox.ts';
import { carriedPlot, paymentsBench, paymentTargets } from './payments.ts';
import { followUpBench, followUpTargets } from './payments/follow-up.ts';
import { volumesBench, volumeSettings, volumesPlot, volumeTargets } from './volumes.ts';
import { growthOf } from './growth.ts';
import { readGrowth, writeGrowth } from './growth-files.ts';
import { report, type Measured, type Target } from './report.ts';
import { routingBench, routingTargets } from './routing.ts';
import { coldTitle, signInBench, signInTitle } from './sign-in.ts';
import { authJs, bare, betterAuth, drop } from './sign-in-subjects.ts';
import {
  embeddedCold,
  embeddedWarm,
  firstInstall,
  serveWithDatabaseUp,
  startToHealthy,
  withDatabaseUp,
} from './start-to-healthy.ts';
import { telemetryBench, telemetryTargets } from './telemetry.ts';
import { throughput } from './throughput.ts';

const healthy = { title: 'Start to healthy', reading: 'health answers 200' };
const callbacks = { title: signInTitle, subject: drop, reading: 'callbacks/s' };
const guarded = { title: guardedTitle, subject: guardedCall, at: 'most' } as const;
const targets: Target[] = [
  ...inboxTargets,
  soakTarget,
  ...openBankingTargets,
  ...routingTargets,
  ...paymentTargets,
  ...volumeTargets,
  ...followUpTargets,
  ...telemetryTargets,
  { ...healthy, what: 'healthy, with a database up', subject: withDatabaseUp, at: 'most', bound: 400 },
  {
    ...healthy,
    what: 'server alone, with a database up',
    subject: serveWithDatabaseUp,
    at: 'most',
    bound: 400,
  },
  {
    ...healthy,
    what: 'healthy, embedded database as it was',
    subject: embeddedWarm,
    at: 'most',
    bound: 1_500,
  },
  {
    ...healthy,
    what: 'healthy, embedded database made anew',
    subject: embeddedCold,
    at: 'most',
    bound: 1_500,
  },
  { ...healthy, what: 'healthy, first start after install', subject: firstInstall, at: 'most', bound: 1_500 },
  {
    ...callbacks,
    what: 'sign-in callbacks, to bare `openid-client`',
    against: bare,
    at: 'least',
    bound: 0.9,
  },
  { ...callbacks, what: 'sign-in callbacks, to better-auth', against: betterAuth, at: 'least', bound: 2 },
  { ...callbacks, what: 'sign-in callbacks, to Auth.js', against: authJs, at: 'least', bound: 2 },
  {
    what: 'fetches of the keys by 50 sign-ins at once',
    title: coldTitle,
    subject: drop,
    reading: 'fetches of the keys',
    at: 'most',
    bound: 1,
  },
  { ...guarded, what: 'guarded call, to bare undici', reading: 'a call', against: bareCall, bound: 1.05 },
  { ...guarded, what: 'processor that the guard adds to a call', reading: 'processor, added', bound: 5 },
  {
    what: 'requests to a provider that is down, to a plain loop',
    title: outageTitle,
    subject: guardedOutage,
    against: plainLoop,
    reading: 'requests to the provider',
    at: 'most',
    bound: 0.02,
  },
  {
    what: 'alerts of 10,000 errors in four processes',
    title: spikeTitle,
    subject: flood,
    reading: 'alerts',
    at: 'most',
    bound: 1,
  },
  {
    what: 'ms until the alert of 10,000 errors in four processes',
    title: spikeTitle,
    subject: flood,
    reading: 'ms until the alert',
    at: 'most',
    bound: 1_000,
  },
  {
    what: 'PDFs a second, to bare pdfkit without tags',
    title: documentsTitle,
    subject: tagged,
    against: bareOfFiles,
    reading: 'PDFs/s',
    at: 'least',
    bound: 1,
  },
  {
    what: 'idle memory',
    title: 'Idle memory',
    subject: sandboxIdle,
    reading: 'resident',
    at: 'most',
    bound: 150,
  },
];

const tell = (line: string): void => void process.stderr.write(`${line}\n`);
const { values } = parseArgs({ options: { rounds: { type: 'string' }, only: { type: 'string' } } });
const startedAt = new Date();
const loadBefore = loadavg()[0] ?? 0;

async function measure(comparison: Comparison): Promise<Measured> {
  tell(`\n── ${comparison.title}`);
  return { comparison, rows: await compare(comparison, tell) };
}

/** Measures what shares something that has to be stopped afterwards. */
async function measureEach(
  starting: Promise<{ comparisons: Comparison[]; stop: () => Promise<void> }>,
): Promise<Measured[]> {
  const { comparisons, stop } = await starting;
  const measured: Measured[] = [];
  for (const comparison of comparisons) measured.push(await measure(comparison));
  await stop();
  return measured;
}

async function measureAll(options: { databaseUrl: string; dataDirectory: string }): Promise<Measured[]> {
  const wants = (part: string): boolean => values.only === undefined || values.only === part;
  const rounds = (usual: number): number => Number(values.rounds ?? usual);
  const measured: Measured[] = [];
  if (wants('start')) {
    const starting = Promise.resolve(startToHealthy({ ...options, rounds: rounds(5) }));
    measured.push(...(await measureEach(starting)));
  }
  if (wants('memory')) measured.push(await measure(idleMemory({ ...options, rounds: rounds(3) })));
  if (wants('inbox'))
    measured.push(...(await measureEach(inboxBench({ databaseUrl: database.named, rounds: rounds(5) }))));
  if (wants('soak')) measured.push(...(await measureEach(inboxSoak({ databaseUrl: database.named }))));
  if (wants('throughput'))
    measured.push(...(await measureEach(throughput({ ...options, rounds: rounds(5) }))));
  if (wants('sign-in')) {
    measured.push(...(await measureEach(signInBench({ databaseUrl: database.named, rounds: rounds(3) }))));
  }
  if (wants('outbox')) {
    const databaseUrl = await database.named('outbox');
    measured.push(...(await measureEach(outboxBench({ databaseUrl, rounds: rounds(3) }))));
  }
  if (wants('open-banking')) {
    const databaseUrls = { many: await database.named('open banking'), few: await database.named('few') };
    measured.push(...(await measureEach(openBankingBench({ databaseUrls, rounds: rounds(3) }))));
  }
  if (wants('routing')) {
    const databaseUrls = { many: await database.named('routing'), few: await database.named('routing few') };
    measured.push(...(await measureEach(routingBench({ databaseUrls, rounds: rounds(3) }))));
  }
  if (wants('payments')) {
    const { named } = await startDatabase({ shared_preload_libraries: 'pg_stat_statements' });
    const databaseUrl = await named('payments');
    measured.push(...(await measureEach(paymentsBench({ databaseUrl, rounds: rounds(3) }))));
  }
  if (wants('follow-up')) {
    const databaseUrl = await database.named('follow up');
    measured.push(...(await measureEach(followUpBench({ databaseUrl, rounds: rounds(3) }))));
  }
  if (wants('volumes')) {
    const large = await startDatabase(volumeSettings);
    const databaseUrls = { few: await large.named('few'), many: await large.named('many') };
    measured.push(...(await measureEach(volumesBench({ databaseUrls, rounds: rounds(3) }))));
    await large.remove();
  }
  if (wants('guarded-call')) measured.push(...(await measureEach(guardedCallBench({ rounds: rounds(7) }))));
  if (wants('error-spike')) {
    const databaseUrl = await database.named('error spike');
    measured.push(...(await measureEach(errorSpikeBench({ databaseUrl, rounds: rounds(3) }))));
  }
  if (wants('telemetry')) {
    const { named } = await startDatabase({ shared_preload_libraries: 'pg_stat_statements' });
    const databaseUrl = await named('telemetry');
    measured.push(...(await measureEach(telemetryBench({ databaseUrl, rounds: rounds(3) }))));
  }
  if (wants('documents')) measured.push(await measure(await documentsBench({ rounds: rounds(5) })));
  if (wants('outage')) measured.push(await measure(outageBench()));
  return measured;
}

process.chdir(root);
assertLoadGenerator();
await buildWebIfStale();
const database = await startDatabase();
const dataDirectory = await newDataDirectory();

async function remove(): Promise<void> {
  await stopChildren();
  await removeDatabases();
  await rm(dataDirectory, { recursive: true, force: true });
}

let removing: Promise<void> | undefined;
/** Once: what is interrupted fails too, while the signal's own is under way. */
const cleanUp = (): Promise<void> => (removing ??= remove());

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void cleanUp().finally(() => process.exit(130)));
}
try {
  const measured = await measureAll({ databaseUrl: database.url, dataDirectory });
  const text = await report(measured, targets, { startedAt, loadBefore });
  process.stdout.write(`\n${text}`);
  if (values.only === undefined) {
    await writeFile('bench/results.md', text);
    await writeGrowth(growthOf(measured, [volumesPlot, carriedPlot], await readGrowth()));
  }
} finally {
  await cleanUp();
}
