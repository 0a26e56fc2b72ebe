import { openStore } from '#store/database.ts';
import { createTestDatabase } from '../support/test-server.ts';
import { setStage } from './stage.ts';
import { stagedScenarios, type StagedScenario } from './staged-scenarios.ts';
import type { Detection } from './detection.ts';
import { tell } from './tell.ts';

/** A child process: plays every staged scenario, or the named one, until one ends in a finding, and tells it. */
const [serverUrl = '', only] = process.argv.slice(2);
const database = await createTestDatabase(serverUrl);
const store = openStore(database.url);
const closing: (() => Promise<void>)[] = [];
try {
  tell(await firstFinding());
} finally {
  for (const close of closing) await close();
  await store.close();
  await database.drop();
}

async function firstFinding(): Promise<Detection | undefined> {
  const played = stagedScenarios.filter(({ name }) => only === undefined || name === only);
  for (const [index, scenario] of played.entries()) {
    const found = await play(scenario);
    if (found !== undefined) return { found, tried: index + 1, where: scenario.name };
  }
  return undefined;
}

async function play({ rules = {}, steps, staysOpen }: StagedScenario): Promise<string | undefined> {
  const stage = await setStage(store, { rules, onEnd: (close) => void closing.push(close) });
  for (const step of steps) {
    await step(stage);
    const [finding] = await stage.look();
    if (finding) return finding.fault;
  }
  const [finding] = await stage.look(staysOpen !== true);
  return finding?.fault;
}
