import { request } from 'undici';
import { z } from 'zod';
import { internalPortBeside } from '#configuration/listening.ts';
import { assert } from '#domain/errors.ts';
import { processEnvironment, readVariable } from '#configuration/environment.ts';
import { sandboxEnvironment } from '#configuration/sandbox-environment.ts';

const reportSchema = z.object({
  status: z.enum(['ok', 'down']),
  ready: z.boolean(),
  version: z.string(),
  components: z.record(z.string(), z.enum(['pass', 'fail'])),
  reasons: z.record(z.string(), z.string()).optional(),
});

/** The health of a process, as its internal listener reports it. */
export interface InternalHealth extends z.output<typeof reportSchema> {
  address: string;
}

const answerMsMax = 2_000;
const bytesMax = 65_536;
/** Those of a server and of the sandbox. */
const portsDefault = ['13000', '3001'];

/** The health of the process on this machine, or at `address`; undefined when none answers within two seconds. */
export async function internalHealth(address: string | undefined): Promise<InternalHealth | undefined> {
  for (const each of internalAddresses(address)) {
    const health = await read(each).catch(() => undefined);
    if (health) return health;
  }
  return undefined;
}

/** Where an internal listener is looked for: at `address`, or else where the variables of this command place it. */
export function internalAddresses(address: string | undefined): string[] {
  if (address !== undefined) return [address];
  const host = readVariable(processEnvironment, 'INTERNAL_HOST') ?? '127.0.0.1';
  const shown = host.includes(':') ? `[${host}]` : host;
  const port = readVariable(processEnvironment, 'INTERNAL_PORT') ?? sandboxPort() ?? portBesidePublic();
  return (port === undefined ? portsDefault : [port]).map((each) => `http://${shown}:${each}`);
}

function portBesidePublic(): string | undefined {
  const port = Number(readVariable(processEnvironment, 'PORT'));
  return Number.isInteger(port) && port > 0 ? `${internalPortBeside(port)}` : undefined;
}

/** The port of the sandbox that runs in the data directory, unless the environment names another Drop. */
function sandboxPort(): string | undefined {
  if (readVariable(processEnvironment, 'DATABASE_URL') !== undefined) return undefined;
  const dataDirectory = readVariable(processEnvironment, 'DROP_DATA_DIR') ?? '.drop';
  return sandboxEnvironment(dataDirectory)?.['INTERNAL_PORT'];
}

async function read(address: string): Promise<InternalHealth> {
  const signal = AbortSignal.timeout(answerMsMax);
  const { body } = await request(new URL('/api/health', address), { signal });
  const text = await body.text();
  assert(text.length <= bytesMax, 'a health report is small');
  return { address, ...reportSchema.parse(JSON.parse(text)) };
}
