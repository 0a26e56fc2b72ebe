import type { Stage, StageEvent } from '#http/contract/stage.ts';
import type { SandboxPerson } from '#services/definition.ts';
import type { PlacedEmulator } from '../emulators.ts';
import { banksOf, named } from './carry-out.ts';
import type { Journal, JournalEntry } from './journal.ts';
import { nextOutcomeOf } from './next-outcome.ts';
import { troubleOf } from './trouble.ts';

const eventsMax = 40;

export interface StageParts {
  emulators: readonly PlacedEmulator[];
  journal: Journal;
  people(): readonly SandboxPerson[];
}

/** What the stage shows now. */
export function viewOf({ emulators, journal, people }: StageParts): Stage {
  const isDown = (name: string): boolean =>
    named(emulators, name).some((placed) => troubleOf(placed) === 'down');
  const banks = banksOf(emulators);
  return {
    people: people().map(({ id, name, note }) => ({ id, name, note })),
    bank: banks.map(troubleOf).find((trouble) => trouble !== 'usual') ?? 'usual',
    isBankIdDown: isDown('bankid'),
    isSumsubDown: isDown('sumsub'),
    nextPayment: nextOutcomeOf(banks),
    webhooks: webhooksOf(emulators),
    services: emulators.map(({ emulator: { name }, title, origin }) => ({ name, title, origin })),
    events: eventsOf(emulators, journal),
  };
}

function webhooksOf(emulators: readonly PlacedEmulator[]): Stage['webhooks'] {
  const queues = emulators.flatMap(({ emulator }) => emulator.onStage?.webhooks?.() ?? []);
  return {
    isHolding: queues.some(({ isHolding }) => isHolding),
    held: queues.reduce((sum, { held }) => sum + held, 0),
  };
}

function eventsOf(emulators: readonly PlacedEmulator[], journal: Journal): StageEvent[] {
  const letters = emulators.flatMap(lettersOf);
  return [...journal.list().map(eventOf), ...letters]
    .sort((one, other) => other.at.localeCompare(one.at))
    .slice(0, eventsMax);
}

function eventOf({ number, kind, at, service, text, status, effect }: JournalEntry): StageEvent {
  const answer = { status: status ?? null, fault: effect ?? null, address: null };
  return { id: `${number}`, kind, at: at.toISOString(), service, text, ...answer };
}

function lettersOf({ emulator, title, origin }: PlacedEmulator): StageEvent[] {
  const letters = emulator.onStage?.letters?.() ?? [];
  return letters.map(({ kind, at, text, path }, index) => ({
    id: `${emulator.name} ${index} ${at}`,
    kind,
    at,
    service: title,
    text,
    status: null,
    fault: null,
    address: `${origin}${path}`,
  }));
}
