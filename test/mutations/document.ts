import { format } from 'prettier';
import type { Detection, Finder } from './detection.ts';
import type { Mutation } from './mutations.ts';

export interface Found extends Detection {
  finder: Finder;
}

const words: Record<Finder, readonly [by: string, unit: string]> = {
  simulator: ['the simulator', 'run'],
  stage: ['a staged scenario', 'scenario'],
  model: ['the model', 'state'],
};

/** `docs/planted-bugs.md`: each guard that is taken out, and how that was found. */
export async function documentOf(
  mutations: readonly Mutation[],
  found: ReadonlyMap<string, Found>,
): Promise<string> {
  const unseen = mutations.filter((mutation) => mutation.unseen !== undefined);
  const text = [
    '# Planted bugs',
    '',
    'The proofs of payments are tested by taking guards out of the real code, one at a time. Nothing on disk is',
    'changed: a child process reads the file of the guard without it. Each bug must be found, within a fixed number of',
    'runs, by the validator (`src/domain/payment/validate-ledger.ts`) or by a law of the model.',
    '',
    '- **The simulator** runs its scenarios with faults that a seed draws (`test/simulation`).',
    '- **A staged scenario** has a bank, customers and processes act in a written order on PostgreSQL, and holds the',
    "  ledger against the bank's books after each step (`test/mutations/staged-scenarios.ts`).",
    '- **The model** searches every order of events around one payment ([payment-model.md](payment-model.md)).',
    '',
    '`npm run mutations` tries every guard, and `npm run mutations -- -u` writes this page; `npm test` tries those',
    'that the simulator cannot see. The list is `test/mutations/mutations.ts`. A guard whose text has changed fails',
    'the run.',
    '',
    '| Guard | Without it, this does not hold | Found by | After | Broken law |',
    '| --- | --- | --- | --- | --- |',
    ...mutations.map(({ name, breaks }) => rowOf({ name, breaks, found: found.get(name) })),
    '',
    '## What the simulator cannot see',
    '',
    ...unseen.map(({ name, unseen: why }) => `- ${name}: ${why}.`),
    '',
    '## What is not in the list',
    '',
    'Some guards save work, and another one keeps the promise without them: that a webhook is handled once (its',
    'payment is read at the bank, and the table ignores what it knows), the lease of a due payment, the lease of a',
    'mail (it may be sent twice), and the look at an idempotency key before the claim.',
    '',
  ].join('\n');
  return format(text, { parser: 'markdown', printWidth: 110, proseWrap: 'preserve' });
}

function rowOf({ name, breaks, found }: { name: string; breaks: string; found: Found | undefined }): string {
  if (!found) return `| ${name} | ${breaks} | nothing | | |`;
  const [by, unit] = words[found.finder];
  const law = found.finder === 'model' ? found.found : `\`${found.found}\``;
  const after = `${found.tried} ${unit}${found.tried === 1 ? '' : 's'}`;
  return `| ${name} | ${breaks} | ${by}: ${found.where} | ${after} | ${law} |`;
}

/** The detections that a page tells. */
export function detectionsIn(page: string): Map<string, Found> {
  const rows = page.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  const finderOf = (by: string) =>
    (Object.keys(words) as Finder[]).find((finder) => by.startsWith(words[finder][0]));
  return new Map(
    rows.flatMap(([, name = '', , by = '', after = '', law = '']) => {
      const finder = finderOf(by);
      if (finder === undefined) return [];
      const where = by.slice(words[finder][0].length + 2);
      const found = { finder, where, tried: Number.parseInt(after, 10), found: law.replaceAll('`', '') };
      return [[name, found]];
    }),
  );
}
