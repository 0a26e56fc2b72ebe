import { openBankingProviders } from '../../src/services/open-banking/providers.ts';
import type { Comparison, Readings, Subject } from '../harness.ts';

/** The act that is repeated and measured; a promise is awaited. */
export type Act = () => unknown;

/** By the name of the reading, such as `signed/s`: in a second of processor. */
export type Acts = Readonly<Record<string, Act>>;

/** The measured parts of a provider. The first of the proofs' subjects is `node:crypto` alone. */
export interface ProviderWire {
  /** Answers as they come, and the readers of them into the domain, by the name of what they are. */
  answers: Readonly<Record<string, { text: string; read: (text: string) => unknown }>>;
  proofs: { method: string; subjects: ReadonlyMap<string, Acts> };
}

const blockMs = 150;
const turnsPerBlock = 16;
const parseAlone = '`JSON.parse` alone';

/** How often an act is done in a second of processor, of all threads: the machine may have others to work for. */
async function rate(act: Act): Promise<number> {
  const startedAt = process.cpuUsage();
  let [count, spentMs] = [0, 0];
  while (spentMs < blockMs) {
    for (let turn = 0; turn < turnsPerBlock; turn += 1) await act();
    count += turnsPerBlock;
    const { user, system } = process.cpuUsage(startedAt);
    spentMs = (user + system) / 1_000;
  }
  return (count * 1_000) / spentMs;
}

async function sample(acts: Acts): Promise<Readings> {
  const readings: Record<string, number> = {};
  for (const [name, act] of Object.entries(acts)) readings[name] = await rate(act);
  return readings;
}

const subject = (name: string, acts: Acts): Subject => ({ name, sample: () => sample(acts) });
const common = { unit: '', warmups: 1 };

function reading(displayName: string, { answers }: ProviderWire, rounds: number): Comparison {
  const actsOf = (actOf: (answer: ProviderWire['answers'][string]) => Act): Acts =>
    Object.fromEntries(Object.entries(answers).map(([name, answer]) => [`${name}/s`, actOf(answer)]));
  return {
    ...common,
    rounds,
    title: `Reading answers, ${displayName}`,
    method:
      'From the text of an answer to what Drop stores: strict JSON, the schema, the map. In a second of processor. ' +
      'No peer: the mapping of adorsys is Java, that of midday is in no package, and npm has neither.',
    baseline: parseAlone,
    subjects: [
      subject(
        parseAlone,
        actsOf(
          ({ text }) =>
            () =>
              JSON.parse(text) as unknown,
        ),
      ),
      subject(
        'Drop',
        actsOf(
          ({ text, read }) =>
            () =>
              read(text),
        ),
      ),
    ],
  };
}

function proving(displayName: string, { proofs }: ProviderWire, rounds: number): Comparison {
  const [baseline = ''] = proofs.subjects.keys();
  return {
    ...common,
    rounds,
    title: `Proving who calls, ${displayName}`,
    method: `${proofs.method} In a second of processor.`,
    baseline,
    subjects: [...proofs.subjects].map(([name, acts]) => subject(name, acts)),
  };
}

/** For each provider, in one process and one thread: reading its answers, signing and verifying. */
export async function wires(rounds: number): Promise<Comparison[]> {
  const of = openBankingProviders.map(async ({ id, displayName }) => {
    const { wire } = (await import(`./${id}.ts`)) as { wire: ProviderWire };
    return [reading(displayName, wire, rounds), proving(displayName, wire, rounds)];
  });
  return (await Promise.all(of)).flat();
}
