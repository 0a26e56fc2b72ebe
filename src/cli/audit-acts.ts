import { Command, InvalidArgumentError } from 'commander';
import type { ActFilters, ActPlace, OperatorAct } from '#store/operator-acts.ts';
import { searchActs } from '#usecases/operate/acts.ts';
import { soughtIds } from '#usecases/operate/named-ids.ts';
import { addTimes, examples, providers } from './filters.ts';
import { addListOptions, printList } from './list.ts';
import { authorOf, timeOf, uuidOf } from './option-values.ts';
import { secondOf, type Column } from './table.ts';

interface ActsOptions extends Pick<ActFilters, 'operator' | 'since' | 'until' | 'after'> {
  payment?: string;
  user?: string;
  limit: number;
}

/** `drop audit acts`: what operators did, of every kind, and why. */
export function actsCommand(): Command {
  const command = new Command('acts')
    .description('list what operators did, newest first: what they read, changed and had done, and why')
    .option('--operator <name>', 'only acts of this operator', authorOf)
    .option('--payment <id>', "only acts on this payment: Drop's id, the end-to-end id, or the provider's")
    .option('--user <id>', "only acts on this customer, by Drop's id", uuidOf);
  return addListOptions(addTimes(command, 'done'), 'acts', placeOf)
    .addHelpText('after', examples('audit acts --since 1d', 'audit acts --operator ida --json'))
    .action(list);
}

const columns: readonly Column<OperatorAct>[] = [
  { title: 'DONE', of: ({ at }) => secondOf(at) },
  { title: 'OPERATOR', of: ({ operator }) => operator ?? '-', min: 12 },
  { title: 'ACT', of: ({ act }) => act, min: 18 },
  { title: 'ABOUT', of: ({ about }) => about, spare: 1 },
  { title: 'REASON', of: ({ reason }) => reason ?? '', spare: 2 },
];

async function list({ limit, payment, user, ...filters }: ActsOptions, command: Command): Promise<void> {
  await printList(command, {
    noun: 'acts',
    columns,
    idOf: ({ kind, id }) => `${kind}:${id}`,
    texts: { after: textOf },
    async search(context) {
      const ids = await soughtIds(context, { payment }, providers);
      const sought = { ...filters, paymentId: ids.payment?.id, userId: user };
      const { entries, nextAfter } = await searchActs(context, sought, limit);
      return { entries, nextAfter: nextAfter && textOf(nextAfter) };
    },
  });
}

function textOf(place: ActPlace | string): string {
  if (typeof place === 'string') return place;
  return `${place.kind}:${place.id}@${place.at.toISOString()}`;
}

function placeOf(text: string): ActPlace {
  const [, kind, id, at] = /^([a-z_]+):([\w-]+)@(.+)$/.exec(text) ?? [];
  if (kind === undefined || id === undefined || at === undefined)
    throw new InvalidArgumentError('It must be as the line "More acts match" has it.');
  return { kind, id, at: timeOf(at) };
}
