import { redactText } from '#domain/redaction.ts';
import type { Candidate } from '#services/better-stack/monitors/adoption.ts';
import type { Change } from '#services/better-stack/monitors/diff.ts';
import type { Finding } from '#services/better-stack/monitors/findings.ts';
import type { Kind } from '#services/better-stack/monitors/resource.ts';
import { counted } from '#usecases/alerts/kind.ts';
import { plain } from './plain.ts';

const valueLengthMax = 300;
const signs = { create: '+', update: '~', delete: '-' } as const;
const titles: Record<Kind, string> = {
  severity: 'severity',
  policy: 'escalation policy',
  monitor: 'monitor',
  heartbeat: 'heartbeat',
  status_page: 'status page',
  shown: 'on the status page:',
};

/** `+ monitor "app"`. */
export function changeTitle({ action, kind, key }: Pick<Change, 'action' | 'kind' | 'key'>): string {
  return plain(`${signs[action]} ${titles[kind]} "${key}"`);
}

/** The changes with their attributes, then what a person must know. */
export function planText(changes: readonly Change[], findings: readonly Finding[]): string {
  const lines = changes.flatMap((change) => [changeTitle(change), ...attributeLines(change)]);
  const count = (action: Change['action']): number =>
    changes.filter((change) => change.action === action).length;
  const total =
    changes.length === 0
      ? 'Nothing to change: BetterStack is as declared.'
      : `${count('create')} to create, ${count('update')} to update, ${count('delete')} to delete.`;
  return [...lines, total, ...findingLines(findings), ''].join('\n');
}

function attributeLines(change: Change): string[] {
  if (change.action === 'delete') return [];
  if (change.action === 'create')
    return Object.entries(change.attributes).map(([name, value]) => `    ${name}: ${shownValue(value)}`);
  return change.differences.map(
    ({ attribute, from, to }) => `    ${attribute}: ${shownValue(from)} → ${shownValue(to)}`,
  );
}

export function findingLines(findings: readonly Finding[]): string[] {
  return findings.map(({ text }) => plain(`! ${redactText(text)}`));
}

export function candidateText({ declared: { kind, key }, actual: { id, attributes } }: Candidate): string {
  const name = attributes['pronounceable_name'] ?? attributes['name'] ?? attributes['company_name'];
  return plain(`${titles[kind]} ${id} ${shownValue(name)} → ${kind}/${key}`);
}

export function doneText(changes: readonly Change[]): string {
  return `${counted(changes.length, 'change')} made.\n`;
}

/** A change as an object, without the e-mail addresses of people. */
export function changeJson(change: Change): object {
  const { action, kind, key } = change;
  if (action === 'create') return { action, kind, key, attributes: shown(change.attributes) };
  const { id } = change.actual;
  return action === 'delete'
    ? { action, kind, key, id }
    : { action, kind, key, id, differences: shown(change.differences) };
}

function shownValue(value: unknown): string {
  const text = plain(JSON.stringify(shown(value)) ?? 'absent');
  return text.length > valueLengthMax ? `${text.slice(0, valueLengthMax)}…` : text;
}

/**
 * A value for the terminal or a log of CI. E-mail addresses of people, headers of requests (which may hold tokens) and
 * the addresses of heartbeats are left out.
 */
function shown(value: unknown): unknown {
  const text = JSON.stringify(value, (name, each: unknown) => {
    if (name === 'email' && typeof each === 'string') return '[address]';
    if (name === 'request_headers' || name === 'auth_password' || name === 'request_body')
      return '[not shown]';
    return isReference(each) ? `<${each.reference.of} "${each.reference.key}">` : each;
  });
  return text === undefined ? undefined : (JSON.parse(redactText(text)) as unknown);
}

function isReference(value: unknown): value is { reference: { of: string; key: string } } {
  return typeof value === 'object' && value !== null && 'reference' in value;
}
