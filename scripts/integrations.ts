// `npm run integrations`: writes `docs/integrations.md` from the definitions of the services.
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { guardsOf, type DefinitionCore } from '#services/definition.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { serviceEntries } from '#services/services.ts';
import { alertKinds } from '#usecases/alerts/kinds.ts';

const page = new URL('../docs/integrations.md', import.meta.url);
const begin = '<!-- begin: written by `npm run integrations` -->';
const end = '<!-- end -->';

/** The page as it is, and as it should be. */
export async function integrationsPage(): Promise<{ current: string; wanted: string }> {
  const current = readFileSync(page, 'utf8');
  const [before, rest] = current.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error(`docs/integrations.md lacks ${begin} … ${end}`);
  const definitions = listedDefinitions();
  const parts = [overviewOf(definitions), ...definitions.map(sectionOf)];
  const text = `${before}${begin}\n\n${parts.join('\n\n')}\n\n${end}${after}`;
  const options = { ...(await resolveConfig(page)), parser: 'markdown', proseWrap: 'always' } as const;
  return { current, wanted: await format(text, options) };
}

/** Every service in the order of the list, each provider of open banking as one. */
export function listedDefinitions(): DefinitionCore[] {
  const services: [string, DefinitionCore][] = [...serviceEntries];
  const place = services.findIndex(([role]) => role === 'alerts');
  const providers: DefinitionCore[] = [...openBankingProviders];
  return services.map(([, definition]) => definition).toSpliced(place, 0, ...providers);
}

function overviewOf(definitions: readonly DefinitionCore[]): string {
  const rows = definitions.map(({ displayName, integration }) => {
    const { status, criticality, purpose } = integration;
    return [`[${displayName}](#${anchorOf(displayName)})`, status, criticality, purpose];
  });
  return tableOf(['Service', 'Status', 'Criticality', 'Purpose'], rows);
}

function sectionOf(definition: DefinitionCore): string {
  const { id, displayName, integration } = definition;
  const { calls } = integration;
  const facts = {
    Status: `${integration.status}. Criticality: ${integration.criticality}.`,
    Purpose: integration.purpose,
    'Called by': `${calls.by}. ${calls.why}`,
    Authentication: integration.authentication,
    Retries: integration.retries,
    Breaker: integration.breaker,
    Fallback: integration.fallback,
    'Rate limits': integration.rateLimits,
    'Cost of leaving': integration.leaving,
    Alerts: [...new Set(integration.alerts.map(alertTitle))].join('; '),
    Metrics: integration.metrics.map(codeOf).join(', '),
    'Name in health, calls and metrics': guardsOf(definition).map(codeOf).join(', '),
    Dashboard: integration.dashboard,
    Variables: variablesText(definition),
    Details: detailsLink(id),
  };
  const lines = Object.entries(facts).map(([name, text]) => `- **${name}:** ${text}`);
  return `## ${displayName}\n\n${lines.join('\n')}`;
}

/** Throws when there is no such alert, so that a kind that is renamed is noticed. */
function alertTitle(name: string): string {
  const found = Object.entries(alertKinds).find(([kind]) => kind === name)?.[1];
  if (!found) throw new Error(`there is no alert ${name} in src/usecases/alerts/kinds.ts`);
  return found.title;
}

/** A provider of open banking also has the variables of its credentials, which derive from its id. */
function variablesText({ id, variables }: DefinitionCore): string {
  const own = Object.keys(variables.shape);
  const prefix = id.toUpperCase().replaceAll('-', '_');
  const credentials = isProvider(id) ? [`${prefix}_CLIENT_ID`, `${prefix}_CLIENT_SECRET`] : [];
  const names = [...credentials, ...own].map(codeOf);
  return names.length === 0 ? 'none' : `${names.join(', ')} ([configuration](configuration.md))`;
}

function detailsLink(id: string): string {
  const folder = isProvider(id) ? `open-banking/${id}` : id;
  return `[README.md](../src/services/${folder}/README.md)`;
}

function isProvider(id: string): boolean {
  return openBankingProviders.some((provider) => provider.id === id);
}

function codeOf(name: string): string {
  return `\`${name}\``;
}

function anchorOf(title: string): string {
  return title.toLowerCase().replaceAll(' ', '-');
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lineOf = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [lineOf(head), lineOf(head.map(() => '---')), ...rows.map(lineOf)].join('\n');
}

if (import.meta.main) writeFileSync(page, (await integrationsPage()).wanted);
