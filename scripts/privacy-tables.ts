// `npm run privacy-tables`: writes the tables of `docs/privacy.md` and `docs/privacy-columns.md` from the catalogue.
import { readFileSync, writeFileSync } from 'node:fs';
import { tablesWhere, type NamedTable } from '#store/privacy/catalogue.ts';

const begin = '<!-- begin: written by `npm run privacy-tables` -->';
const end = '<!-- end -->';

/** The files that this script writes, from the root of the repository, with what should stand in them. */
export function privacyPages(): { path: string; current: string; wanted: string }[] {
  return [pageWith('docs/privacy.md', keptTable()), pageWith('docs/privacy-columns.md', columnsTable())];
}

function pageWith(path: string, table: string) {
  const current = readFileSync(urlOf(path), 'utf8');
  const [before, rest] = current.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`${path} lacks ${begin} … ${end}`);
  return { path, current, wanted: `${before}${begin}\n\n${table}\n\n${end}${after}` };
}

function urlOf(path: string): URL {
  return new URL(`../${path}`, import.meta.url);
}

const personal = () => tablesWhere(() => true).filter(({ table }) => table.basis !== undefined);

function keptTable(): string {
  const head = ['Of the customer', 'What', 'Why', 'Basis', 'How long', 'When the account is closed'];
  const rows = personal().map(({ name, table }) => [
    `${table.title} (\`${name}\`)`,
    ...[table.holds, table.why, table.basis ?? '', table.kept, atClosing(table)],
  ]);
  return markdownTable([head, ...rows]);
}

function columnsTable(): string {
  const head = ['Table', 'In the customer’s copy', 'Personal, not in the copy', 'Not personal'];
  const rows = tablesWhere(() => true).map(({ name, table }) => [
    `\`${name}\``,
    listed(table.given ?? []),
    Object.entries(table.withheld ?? {})
      .map(([column, why]) => `\`${column}\` (${why})`)
      .join(', '),
    listed(table.technical ?? []),
  ]);
  return markdownTable([head, ...rows]);
}

function listed(columns: readonly string[]): string {
  return columns.map((column) => `\`${column}\``).join(', ');
}

const afterStep = {
  request: 'deleted at once',
  consents: 'deleted once the consents have ended at the banks',
  cards: 'deleted once the cards are canceled at the issuer',
  applicant: 'deleted once Sumsub has deactivated the applicant',
  files: 'deleted with the files',
  mail: 'deleted once the last mail was sent',
  end: 'deleted at the end',
} as const;

function atClosing({ closing, emptied = [] }: NamedTable['table']): string {
  switch (closing.rows) {
    case 'erased':
      return afterStep[closing.step];
    case 'erased_or_emptied':
      return (
        `${afterStep[closing.step]}; where a payment needs the row, emptied of ${listed(emptied)} and kept ` +
        'with it'
      );
    case 'kept':
      return 'kept by law, and deleted by a nightly job after that time';
    case 'ages':
      return 'deleted at its time';
    case 'stays':
      return 'stays';
  }
}

function markdownTable(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows;
  const widths = head.map((_cell, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lineOf = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [lineOf(head), rule, ...body.map(lineOf)].join('\n');
}

if (import.meta.main) {
  for (const { path, wanted } of privacyPages()) writeFileSync(urlOf(path), wanted);
}
