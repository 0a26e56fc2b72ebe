// `npm run environment-example`: writes `.env.example`, `.env.test.example` and the tables of `docs/configuration.md`
// from the schema.
import { readFileSync, writeFileSync } from 'node:fs';
import { describeVariables, type DescribedVariable } from '#configuration/reference.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';

const begin = '<!-- begin: written by `npm run environment-example` -->';
const end = '<!-- end -->';

/** The files that this script writes, from the root of the repository, with what should stand in them. */
export function writtenFiles(): { path: string; current: string; wanted: string }[] {
  const groups = Map.groupBy(describeVariables(openBankingProviders), ({ group }) => group);
  const page = textOf('docs/configuration.md');
  return [
    { path: '.env.example', current: textOf('.env.example'), wanted: exampleOf(groups) },
    { path: '.env.test.example', current: textOf('.env.test.example'), wanted: liveExampleOf(groups) },
    { path: 'docs/configuration.md', current: page, wanted: pageOf(page, groups) },
  ];
}

type Groups = ReadonlyMap<string, readonly DescribedVariable[]>;

function urlOf(path: string): URL {
  return new URL(`../${path}`, import.meta.url);
}

function textOf(path: string): string {
  try {
    return readFileSync(urlOf(path), 'utf8');
  } catch {
    return '';
  }
}

function exampleOf(groups: Groups): string {
  const head =
    '# Every variable of Drop: docs/configuration.md says more. Written by `npm run environment-example`.';
  const parts = [...groups].map(([group, variables]) =>
    [`# ── ${group}`, ...variables.flatMap(exampleLinesOf)].join('\n'),
  );
  return `${[head, ...parts].join('\n\n')}\n`;
}

/** The variables of the providers of open banking, of which each is tried that has credentials. */
function liveExampleOf(groups: Groups): string {
  const head = [
    '# Credentials for `npm run conformance:live` (CONTRIBUTING.md): copy this file to .env.test, which Git ignores.',
    '# Only those of sandboxes belong there. Written by `npm run environment-example`.',
  ];
  const parts = openBankingProviders.map(({ displayName }) => {
    const variables = groups.get(displayName) ?? [];
    const lines = variables.flatMap((each) => exampleLinesOf({ ...each, isRequired: false }));
    return [`# ── ${displayName}`, ...lines].join('\n');
  });
  return `${[head.join('\n'), ...parts].join('\n\n')}\n`;
}

/** Required variables wait to be filled in; the others stand there as comments. */
function exampleLinesOf(variable: DescribedVariable): string[] {
  const { name, description, values, fallback, example, isRequired } = variable;
  const choice = values.length > 0 ? ` (${values.join(', ')})` : '';
  const value = fallback ?? example ?? '';
  return [`# ${description}${choice}`, isRequired ? `${name}=` : `# ${name}=${value}`];
}

function pageOf(page: string, groups: Groups): string {
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error(`docs/configuration.md lacks ${begin} … ${end}`);
  const tables = [...groups].map(([group, variables]) => `### ${group}\n\n${tableOf(variables)}`);
  return `${before}${begin}\n\n${tables.join('\n\n')}\n\n${end}${after}`;
}

function tableOf(variables: readonly DescribedVariable[]): string {
  const head = ['Variable', 'What it is', 'Default'];
  const rows = variables.map((variable) => [
    `\`${variable.name}\``,
    whatItIs(variable),
    whenAbsent(variable),
  ]);
  const widths = head.map((_cell, column) =>
    Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  const lineOf = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [lineOf(head), rule, ...rows.map(lineOf)].join('\n');
}

function whatItIs({ description, values, isSecret }: DescribedVariable): string {
  const choice = values.length > 0 ? `; one of ${values.map((value) => `\`${value}\``).join(', ')}` : '';
  return `${description}${choice}${isSecret ? ' (secret)' : ''}`;
}

function whenAbsent({ fallback, isRequired, requiredWith }: DescribedVariable): string {
  if (requiredWith) return `required with \`${requiredWith.variable}=${requiredWith.value}\``;
  if (isRequired) return 'required, except in mock mode';
  return fallback === undefined ? '' : `\`${fallback}\``;
}

if (import.meta.main) {
  for (const { path, wanted } of writtenFiles()) writeFileSync(urlOf(path), wanted);
}
