// A process with the emulators of every service. Its first line is the environment that points Drop's clients at them,
// as JSON, with a free `PORT` for Drop, to which banks send customers back, and with `CONTROL`: `POST /copies` makes
// copies of a consent, `DELETE /reads` forgets the readings of the day.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { systemClock } from '../../src/domain/clock.ts';
import type { BankConsent, BankPayment, World } from '../../src/emulation/bank/world.ts';
import { listen, type HttpServer } from '../../src/http/listen.ts';
import { emulatorNames, originOf, startEmulators } from '../../src/sandbox/emulators.ts';
import type { Copies } from './copies.ts';

const open = (): Promise<HttpServer> => listen({ host: 'localhost', port: 0, clock: systemClock });

/** Free until the bench starts Drop there. */
const app = await open();
const appOrigin = originOf(app);
await app.close();

const names = emulatorNames();
const servers = new Map(await Promise.all(names.map(async (name) => [name, await open()] as const)));
const { emulators, environment } = await startEmulators(servers, { appOrigin, random: () => 0.5 });

type BankWorld = World<BankConsent, BankPayment>;

/** The memory of an emulator's banks; undefined for an emulator without banks. */
function worldOf(name: string): BankWorld | undefined {
  const placed = emulators.find(({ emulator }) => emulator.name === name);
  const saved = placed?.emulator.persistence?.save() as { world?: BankWorld } | undefined;
  return saved?.world;
}

/** Each with its first account only, under a number of its own: banks count readings by it. */
function copyConsent(world: BankWorld, copied: BankConsent, count: number): Copies {
  const [first] = copied.accounts;
  if (first === undefined) throw new RangeError('the consent has an account');
  const from = [copied.id, copied.reference, first.reference];
  const to = Array.from({ length: count }, () => from.map(() => randomUUID()));
  for (const [id = '', reference = '', account = ''] of to) {
    const accountNumber = `${10_000_000_000 + world.consents.length}`;
    const accounts = [{ reference: account, account: { ...first.account, accountNumber } }];
    world.consents.push({ ...copied, id, reference, accounts });
  }
  return { from, to };
}

const order = z.object({ name: z.string(), reference: z.string(), count: z.int() });

/** The application may name a consent by more than the bank's own reference. */
async function answer(request: Request): Promise<Response> {
  if (request.method === 'DELETE') {
    for (const name of names) worldOf(name)?.unattendedReads.clear();
    return new Response(null, { status: 204 });
  }
  const { name, reference, count } = order.parse(await request.json());
  const world = worldOf(name);
  const copied = world?.consents.find((consent) => reference.endsWith(consent.reference));
  return world && copied
    ? Response.json(copyConsent(world, copied, count))
    : new Response(null, { status: 404 });
}

const control = await open();
control.handle(answer);
process.stdout.write(
  `${JSON.stringify({ ...environment, PORT: `${app.port}`, CONTROL: originOf(control) })}\n`,
);
process.once('SIGINT', () => process.exit(0));
