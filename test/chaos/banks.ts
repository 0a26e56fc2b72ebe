// The emulators of all services in a process of their own, which is not killed. Their banks are one: all providers of
// open banking read and pay from the same ledger. Started by `stage.ts`.
import { createInterface } from 'node:readline';
import { assert } from '#domain/errors.ts';
import { consentStatusAt, type BankConsent, type BankPayment, type World } from '#emulation/bank/world.ts';
import { listen } from '#http/listen.ts';
import { controlRoutes } from '#sandbox/control.ts';
import { emulatorNames, originOf, startEmulators, type PlacedEmulator } from '#sandbox/emulators.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { seeded } from './deliveries.ts';
import { clockAt, paceOf } from './fast-clock.ts';
import { bankCustomers } from './bank-customers.ts';
import type { BanksBooks, BooksPayment } from './stage.ts';

const { APP_ORIGIN = '', CUSTOMERS = '', CHAOS_SEED = '', CONTROL_TOKEN = '' } = process.env;
type Saved = { world: World<BankConsent, BankPayment> };

const clock = clockAt(paceOf(process.env));
const server = () => listen({ host: '127.0.0.1', port: 0, clock });
const names = emulatorNames();
const servers = new Map(await Promise.all(names.map(async (name) => [name, await server()] as const)));
const { emulators, environment } = await startEmulators(servers, {
  appOrigin: APP_ORIGIN,
  clock,
  random: seeded(Number(CHAOS_SEED)),
  inhabitants: bankCustomers(Number(CUSTOMERS)),
});

const providers = openBankingProviders.map(({ id }) => {
  const found = emulators.find(({ emulator }) => emulator.name === id);
  assert(found, `${id} has an emulator`);
  return found;
});
const worldOf = ({ emulator }: PlacedEmulator): Saved['world'] =>
  (emulator.persistence?.save() as Saved).world;
const [first, ...others] = providers.map(worldOf);
assert(first, 'there is a provider');
for (const other of others) other.accounts = first.accounts;

function booked(provider: string, payment: BankPayment): BooksPayment {
  const { id, status, order } = payment;
  const { amountOere, debtorAccountNumber, creditorAccountNumber } = order;
  const endToEndId = textNamed(/^end_?to_?end_?id$/i, payment);
  return { provider, id, status, amountOere, debtorAccountNumber, creditorAccountNumber, endToEndId };
}

/** A text under such a name in what a provider's emulator remembers of a payment, wherever it keeps it. */
function textNamed(name: RegExp, value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, member] of Object.entries(value)) {
    const found = name.test(key) && typeof member === 'string' ? member : textNamed(name, member);
    if (found !== undefined) return found;
  }
  return undefined;
}

function books(): BanksBooks {
  const now = clock.now();
  return {
    accounts: first?.accounts ?? [],
    payments: providers.flatMap((placed) =>
      [...worldOf(placed).payments.values()].map((payment) => booked(placed.emulator.name, payment)),
    ),
    consents: providers.flatMap((placed) =>
      worldOf(placed).consents.map((consent) => ({
        provider: placed.emulator.name,
        reference: consent.reference,
        status: consentStatusAt(consent, now),
      })),
    ),
  };
}

const control = await server();
const routes = controlRoutes(emulators, CONTROL_TOKEN);
routes.get('/__sandbox/books', (c) => c.json(books()));
control.handle(routes.fetch);
const senders = providers.flatMap(({ emulator }) =>
  emulator.actions && 'hold_webhooks' in emulator.actions ? [emulator.name] : [],
);
const operations = Object.fromEntries(
  providers.map(({ emulator, faults }) => [emulator.name, faults.operations]),
);
const described = { environment, operations, senders, controlOrigin: originOf(control) };
process.stdout.write(`${JSON.stringify(described)}\n`);
// Ends with its parent.
createInterface({ input: process.stdin }).once('close', () => process.exit());
