import { allGuards } from '../model/guards.ts';
import { searchPayments } from '../model/payment-model.ts';
import type { Bank } from '../model/world.ts';
import { tell } from './tell.ts';
import type { Detection } from './detection.ts';

/** A child process: searches the model of a payment at each kind of bank until a law is broken, and tells it. */
const banks: readonly Bank[] = [false, true].flatMap((isIdempotent) =>
  [false, true].map((needsApproval) => ({ needsApproval, isIdempotent })),
);
const faults = { crashes: 0, losses: 0 };

function firstFinding(): Detection | undefined {
  let tried = 0;
  for (const bank of banks) {
    const { broken, states } = searchPayments(bank, { guards: allGuards, faults });
    tried += states;
    if (broken) return { found: broken.law, tried, where: `${broken.way.length} steps` };
  }
  return undefined;
}

tell(firstFinding());
