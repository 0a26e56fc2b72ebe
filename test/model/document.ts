import { format } from 'prettier';
import { guards, type Guard } from './guards.ts';
import type { Searched } from './search.ts';
import { claimsMax, processesMax, type Bank, type Faults, type World } from './world.ts';

export interface Found {
  lost: readonly Guard[];
  bank: Bank;
  searched: Searched<World>;
}

/** `docs/payment-model.md`: what was searched, and how each fault that was put in was found. */
export async function documentOf(
  whole: readonly { bank: Bank; searched: Searched<World> }[],
  found: readonly Found[],
  faults: Faults,
): Promise<string> {
  const text = [
    '# Every order of events around one payment',
    '',
    'A test searches, nearest first, everything that can happen to one payment:',
    `${processesMax} processes that stand still or die between any two steps, ${claimsMax} claims,`,
    'requests and answers that are late or lost, readings that cross, webhooks that come twice, out of order or late,',
    'and a bank that refuses, forgets or carries out. The decisions are those of the',
    'production code: the table of statuses, the comparison of reports, and what is concluded without an answer.',
    'The test writes this page; the model is in `test/model`.',
    '',
    'These laws hold in every state:',
    '',
    '- An order is paid at most once.',
    '- A customer who read that no money moves is right.',
    '- The customer never has two payments of one order to approve.',
    '- A payment is settled only where the bank has settled it.',
    '- A payment keeps its reference, and a final status stays.',
    '- A status moves along the table.',
    '- From every state, a way without a fault leads to one in which Drop and the bank agree or the operators know.',
    '',
    `Each search allows ${faults.crashes} death of a process and ${faults.losses} lost message:`,
    '',
    '| The bank carries out only what is approved on its page | It recognises a repeated order | States |',
    '| --- | --- | --- |',
    ...whole.map(
      ({ bank, searched }) =>
        `| ${yes(bank.needsApproval)} | ${yes(bank.isIdempotent)} | ${searched.states.toLocaleString('en-US')} |`,
    ),
    '',
    '## What is found when a guard is left out',
    '',
    'Without the guard, the search must find a fault. The steps are the shortest way to it.',
    ...found.flatMap(sectionOf),
    '',
  ].join('\n');
  return format(text, { parser: 'markdown', printWidth: 110, proseWrap: 'preserve' });
}

const yes = (is: boolean): string => (is ? 'yes' : 'no');

function sectionOf({ lost, searched: { broken } }: Found): string[] {
  return [
    '',
    `### ${lost.map((name) => `\`${name}\``).join(' and ')}`,
    '',
    ...lost.map((name) => `- Left out: ${guards[name]}.`),
    `- Broken: ${broken?.law ?? 'nothing'}.`,
    '',
    ...(broken?.way ?? []).map(
      (step, index) => `${index + 1}. ${step[0]?.toUpperCase() ?? ''}${step.slice(1)}.`,
    ),
  ];
}
