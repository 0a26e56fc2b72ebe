import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { waitFor } from '../image/wait.ts';
import { print } from '../steps.ts';
import { ran, type ServingDrop } from './processes.ts';
import type { Ports } from './proxy.ts';

type Environment = Record<string, string>;

/** A deployment of two processes behind the proxy, at emulators. */
export interface Deployed {
  root: string;
  /** The public one. */
  origin: string;
  ports: Ports;
  /** The environment of each program of the rehearsal, with the file of the authority. */
  base: { NODE_EXTRA_CA_CERTS: string; PATH: string };
  /** Drop's variables, but for the port. */
  environment: Environment;
  /** The credentials and addresses that the emulators gave. */
  emulated: Environment;
  processes: readonly [ServingDrop, ServingDrop];
}

const requestsWhileStopping = 16;

/** An error of the first step that is not as docs/deployment.md says. */
export async function checkFirstDeploy(deployed: Deployed): Promise<void> {
  checkCommands(deployed);
  await checkAddresses(deployed);
  await checkChannel(deployed);
  checkPayment(deployed);
  await checkStop(deployed);
  checkMonitors(deployed);
}

/** The status and the text at an address behind the proxy. */
async function visit({ origin, base }: Deployed, path: string): Promise<{ status: number; body: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; body: string }>();
  const ca = readFileSync(base.NODE_EXTRA_CA_CERTS);
  const sent = request(`${origin}${path}`, { ca, agent: false }, (response) => {
    let body = '';
    response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    response.once('end', () => resolve({ status: response.statusCode ?? 0, body }));
  });
  sent.once('error', reject).end();
  return promise;
}

function demand(isAsPromised: boolean, otherwise: string): void {
  if (!isAsPromised) throw new Error(otherwise);
}

function drop({ root, environment, ports }: Deployed, ...words: string[]): string {
  return ran(root, ['bin/drop.js', ...words], { ...environment, PORT: `${ports.drop[0]}` });
}

function checkCommands(deployed: Deployed): void {
  drop(deployed, 'doctor', '--online');
  drop(deployed, 'status');
  print('✓ 3 doctor --online and status end with 0');
}

async function checkAddresses(deployed: Deployed): Promise<void> {
  const { origin, ports, processes } = deployed;
  const health = await visit(deployed, '/api/health');
  demand(health.body === '{"status":"ok"}', `the health is ${health.body}`);
  demand((await visit(deployed, '/')).body.includes('<title>'), 'there is no page at the address');
  print('✓ 4 the health is ok, and there is a page');

  const plain = await fetch(`http://${new URL(origin).hostname}:${ports.http}/x`, { redirect: 'manual' });
  demand(plain.headers.get('location') === `${origin}/x`, 'plain HTTP does not lead to https:');
  const [port = 0] = ports.drop;
  const isInternal = processes[0].lines.some((line) =>
    line.includes(`"internalAddress":"http://127.0.0.1:${port + 10_000}"`),
  );
  demand(isInternal, 'the internal listener is not on loopback');
  print('✓ 5 plain HTTP leads to https:, and the internal listener is on loopback');
}

async function checkChannel({ root, base, emulated }: Deployed): Promise<void> {
  const slack = new URL(emulated['SLACK_WEBHOOK_URL'] ?? '').origin;
  const isTold = (): boolean =>
    ran(root, ['scripts/rehearsal/channel.ts', slack], base).split('Drop started').length > 2;
  await waitFor('the second "Drop started" in #drop-ops', async () => isTold());
  print('✓ 6 #drop-ops was told of each start');
}

function checkPayment(deployed: Deployed): void {
  const { root, origin, base } = deployed;
  process.stdout.write(ran(root, ['scripts/rehearsal/customer.ts', origin], base));
  const listed = (what: string): string => drop(deployed, what, 'list', '--since', '15m');
  demand(listed('calls').includes('get_payment'), 'no call is listed');
  demand(listed('webhooks').includes('handled'), 'no webhook was handled');
  print('✓ 7 a customer paid; calls and webhooks are listed');
}

async function checkStop(deployed: Deployed): Promise<void> {
  let isStopped = false;
  const stopping = deployed.processes[0].stop().finally(() => (isStopped = true));
  const statuses = new Map<number, number>();
  const ask = async (): Promise<void> => {
    while (!isStopped) {
      const { status } = await visit(deployed, '/api/app');
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: requestsWhileStopping }, ask));
  demand((await stopping) === 0, 'the process that was stopped did not end in order');
  demand([...statuses.keys()].join() === '200', `not every request was answered: ${String([...statuses])}`);
  print(`✓ 8 one process was stopped under ${statuses.get(200)} requests, and each was answered`);
}

function checkMonitors({ root, base, emulated }: Deployed): void {
  const commands = Object.entries(emulated).filter(([name]) => /^BETTERSTACK_(?!HEARTBEAT)/.test(name));
  const monitors = (...words: string[]): string =>
    ran(root, ['bin/drop.js', 'monitors', ...words], { ...base, ...Object.fromEntries(commands) });
  monitors('apply', '--yes');
  monitors('drift');
  print('✓ 9 monitors drift ends with 0');
}
