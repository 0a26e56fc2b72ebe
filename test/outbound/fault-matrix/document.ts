import { format } from 'prettier';
import { ending, requestsOf, type Cell } from './cell.ts';
import { faultNames, type FaultName } from './faults.ts';
import type { Operation } from './operation.ts';

export type Matrix = ReadonlyMap<FaultName, ReadonlyMap<Operation, Cell | undefined>>;

const introduction = `# What happens when a provider does not answer properly

Written by \`test/outbound/fault-matrix/fault-matrix.test.ts\`, which produces every fault over a real socket for every
operation of every provider, through the production client. After a change write it anew with
\`npx vitest run test/outbound/fault-matrix -u\`.

A cell says how the operation ends: the error's code and the status that Drop answers with, or the result; then what is
known of the request; then how many requests the provider got: ×0 of 3 means three attempts of which none arrived. *Not
sent*: the provider did nothing. *Refused*: the provider answered no. *Unknown*: the provider may have acted, so Drop
reads the state and does not repeat the call. Repetitions are limited by a budget, which is full here. A rejected
certificate is not tried again, because it would be rejected again.

An alert never fails the work that causes it: it ends at Slack or in the log, and is sent in the background.`;

/** The matrix as a document; `others` are sections about other protocols than HTTP. */
export async function documentOf(
  matrix: Matrix,
  operations: readonly Operation[],
  others: readonly string[],
): Promise<string> {
  const providers = [...new Set(operations.map(({ provider }) => provider))];
  const parts = [
    introduction,
    operationTable(matrix, operations),
    ...providers.map((provider) =>
      providerTable(
        provider,
        matrix,
        operations.filter((operation) => operation.provider === provider),
      ),
    ),
    ...others,
  ];
  return format(parts.join('\n\n'), { parser: 'markdown', printWidth: 110, proseWrap: 'preserve' });
}

function operationTable(matrix: Matrix, operations: readonly Operation[]): string {
  const cells = matrix.get('status 500');
  const lines = operations.map((operation) => {
    const call = cells?.get(operation)?.call;
    return `| \`${operation.name}\` | ${call?.repeatable ? 'yes' : 'no'} | ${(call?.timeoutMs ?? 0) / 1000} s |`;
  });
  return [
    '## Operations',
    '',
    'No call takes longer than its bound, with all its waiting and repetitions, nor than what the work that caused it',
    'has left.',
    '',
    '| Operation | May be seen twice | Bound |',
    '| --- | --- | --: |',
    ...lines,
  ].join('\n');
}

function providerTable(provider: string, matrix: Matrix, operations: readonly Operation[]): string {
  const lines = faultNames.map((fault) => {
    const cells = operations.map((operation) => ({
      operation,
      text: words(matrix.get(fault)?.get(operation)),
    }));
    const usual = mostFrequent(cells.map(({ text }) => text));
    const others = cells.filter(({ text }) => text !== usual);
    const exceptions = others.map(({ operation, text }) => `\`${operation.name.split('.')[1]}\`: ${text}`);
    return `| ${fault} | ${usual} | ${exceptions.join('<br>')} |`;
  });
  return [`## ${provider}`, '', '| Fault | Ends | But |', '| --- | --- | --- |', ...lines].join('\n');
}

function words(cell: Cell | undefined): string {
  if (!cell) return ending(cell);
  const status = cell.httpStatus === undefined ? '' : ` (${cell.httpStatus})`;
  const ended = cell.httpStatus === undefined ? cell.ended : `\`${cell.ended}\``;
  const outcome = cell.outcome === undefined ? '' : `, ${cell.outcome.replace('_', ' ')}`;
  return `${ended}${status}${outcome}, ${requestsOf(cell)}`;
}

function mostFrequent(texts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort((left, right) => right[1] - left[1])[0]?.[0] ?? '';
}
