import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Severity } from '#domain/alert-text.ts';
import { errorText } from '#usecases/alerts/error-text.ts';
import { alertKinds, type AlertKey } from '#usecases/alerts/kinds.ts';
import { alertOf } from '#usecases/alerts/raise.ts';

const keys = Object.keys(alertKinds) as AlertKey[];
const folder = 'docs/runbook';
const severities: readonly Severity[] = ['critical', 'warning', 'info'];

const pageOf = (title: string): string => `${title.toLowerCase().replaceAll(' ', '-')}.md`;

describe('the runbook', () => {
  test.each(keys)('has a page for the alert %s, under its title', (key) => {
    const { title } = alertKinds[key];
    const path = `${folder}/${pageOf(title)}`;
    expect(existsSync(path), path).toBe(true);
    expect(readFileSync(path, 'utf8').split('\n')[0]).toBe(`# ${title}`);
  });

  test('has no page for an alert that there is not', () => {
    const pages = readdirSync(folder).filter((name) => name !== 'README.md');
    const expected = new Set(keys.map((key) => pageOf(alertKinds[key].title)));
    expect(pages.filter((page) => !expected.has(page))).toEqual([]);
  });

  test('lists every alert once, with its highest severity', () => {
    const listed = readFileSync(`${folder}/README.md`, 'utf8').matchAll(
      /^\| (\w+) +\| \[(.+)\]\((.+)\) +\|$/gm,
    );
    const rows = [...listed].map(([, severity, title, page]) => [severity, title, page].join(' | '));
    const titles = new Set(keys.map((key) => alertKinds[key].title));
    const expected = [...titles].map((title) => [highestSeverity(title), title, pageOf(title)].join(' | '));
    expect(rows.toSorted()).toEqual(expected.toSorted());
  });
});

function highestSeverity(title: string): Severity | undefined {
  const own = keys.filter((key) => alertKinds[key].title === title).map((key) => alertKinds[key].severity);
  return severities.find((severity) => own.includes(severity));
}

test('an alert has the severity, title and text of its kind', () => {
  const parameters = { provider: 'sumsub', eventType: 'reviewed', error: 'timeout' };
  expect(alertOf('webhook_given_up', parameters)).toEqual({
    severity: 'critical',
    title: 'A webhook was given up',
    message: 'sumsub reviewed: timeout. See "npx drop webhooks list --status dead"',
  });
});

test('a thrown value that is not an error is not quoted', () => {
  expect(errorText('a secret')).toBe('A value that is not an error was thrown');
});
