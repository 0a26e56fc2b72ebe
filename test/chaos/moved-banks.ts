// The emulators of all services in a process of their own, which is not killed. Their banks are one: all providers of
// open banking read and pay from the same ledger. Started by `moved-stage.ts`.
import { createInterface } from 'node:readline';
import { systemClock } from '#domain/clock.ts';
import { assert } from '#domain/errors.ts';
import { consentStatusAt, type BankConsent, type BankPayment, type World } from '#emulation/bank/world.ts';
import { listen } from '#http/listen.ts';
import { controlRoutes } from '#sandbox/control.ts';
import { emulatorNames, originOf, startEmulators, type PlacedEmulator } from '#sandbox/emulators.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { seeded } from './deliveries.ts';
import { movedCustomers } from './moved-customers.ts';
import type { BanksBooks } from './moved-stage.ts';

const { APP_ORIGIN = '', CUSTOMERS = '', CHAOS_SEED = '', CONTROL_TOKEN = '' } = process.env;
type Saved = { world: World<BankConsent, BankPayment> };

const server = () => listen({ host: '127.0.0.1', port: 0, clock: systemClock });
const names = emulatorNames();
const servers = new Map(await Promise.all(names.map(async (name) => [name, await server()] as const)));
const { emulators, environment } = await startEmulators(servers, {
  appOrigin: APP_ORIGIN,
  random: seeded(Number(CHAOS_SEED)),
  inhabitants: movedCustomers(Number(CUSTOMERS)),
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

function books(): BanksBooks {
  const now = systemClock.now();
  return {
    accounts: first?.accounts ?? [],
    payments: providers.flatMap((placed) =>
      [...worldOf(placed).payments.values()].map(({ status, order }) => ({
        provider: placed.emulator.name,
        status,
        amountOere: order.amountOere,
      })),
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
process.stdout.write(`${JSON.stringify({ environment, senders, controlOrigin: originOf(control) })}\n`);
// Ends with its parent.
createInterface({ input: process.stdin }).once('close', () => process.exit());
