import { invalidParameters } from '#emulation/action-parameters.ts';
import type { Stage, StageAct } from '#http/contract/stage.ts';
import type { PlacedEmulator } from '../emulators.ts';
import { setUnanswered } from './next-outcome.ts';
import { setTrouble } from './trouble.ts';

/** What the stage can do. */
export interface StageReach {
  emulators: readonly PlacedEmulator[];
  /** Has Drop take the payments that no bank answered for absent. */
  ageUnanswered(): Promise<unknown>;
}

/** Does `act`. @throws {DropError} `invalid_request` where there is nothing that could do it. */
export async function carryOut(act: StageAct, { emulators, ageUnanswered }: StageReach): Promise<void> {
  const every = (action: string, parameters: Record<string, unknown> = {}) =>
    callEach(emulators, action, parameters);
  switch (act.act) {
    case 'next_person':
      return every('choose_next', { person: act.person });
    case 'bank':
      for (const bank of banksOf(emulators)) setTrouble(bank, act.state);
      return;
    case 'bankid':
    case 'sumsub':
      for (const { faults } of named(emulators, act.act))
        setTrouble({ faults }, act.isDown ? 'down' : 'usual');
      return;
    case 'next_payment':
      return decideNext(emulators, act.outcome);
    case 'expire_approvals':
      await ageUnanswered();
      return every(act.act);
    case 'expire_consents':
      return every(act.act);
    case 'webhooks':
      return every(act.isHolding ? 'hold_webhooks' : 'release_webhooks');
    case 'pass_days':
      return every('advance_days', { days: act.days });
    case 'usual':
      return restore(emulators);
  }
}

/** The emulators with banks behind them. */
export function banksOf(emulators: readonly PlacedEmulator[]): PlacedEmulator[] {
  return emulators.filter(({ emulator }) => emulator.onStage?.nextOutcome !== undefined);
}

export function named(emulators: readonly PlacedEmulator[], name: string): PlacedEmulator[] {
  return emulators.filter(({ emulator }) => emulator.name === name);
}

/** An order that is not answered never reaches the bank, which then has nothing to decide. */
async function decideNext(
  emulators: readonly PlacedEmulator[],
  outcome: Stage['nextPayment'],
): Promise<void> {
  setUnanswered(banksOf(emulators), outcome);
  const atBank = outcome === 'unanswered' ? 'settle' : outcome;
  await callEach(emulators, 'payment_outcome', { outcome: atBank });
}

async function restore(emulators: readonly PlacedEmulator[]): Promise<void> {
  for (const placed of emulators) setTrouble(placed, 'usual');
  await callEach(emulators, 'choose_next', {});
  await decideNext(emulators, 'settle');
  await callEach(emulators, 'release_webhooks', {});
}

/** Calls the action wherever there is one, and at one emulator at least. */
async function callEach(
  emulators: readonly PlacedEmulator[],
  action: string,
  parameters: Record<string, unknown>,
): Promise<void> {
  const found = emulators.flatMap(({ emulator }) => emulator.actions?.[action] ?? []);
  if (found.length === 0) throw invalidParameters(`no emulator can ${action}`);
  await Promise.all(found.map(async (call) => call(parameters)));
}
