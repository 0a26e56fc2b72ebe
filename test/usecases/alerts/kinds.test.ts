import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Severity } from '#domain/alert-text.ts';
import { conditionKinds, overKinds } from '#usecases/alerts/condition-kinds.ts';
import { errorText } from '#usecases/alerts/error-text.ts';
import { minutesText } from '#usecases/alerts/kind.ts';
import { alertKinds, type AlertKey } from '#usecases/alerts/kinds.ts';
import { alertOf } from '#usecases/alerts/text.ts';

const keys = Object.keys(alertKinds) as AlertKey[];
const folder = 'docs/runbook';
const severities: readonly Severity[] = ['critical', 'warning', 'info'];

const pageOf = (title: string): string => `${title.toLowerCase().replaceAll(' ', '-')}.md`;
/** A notice that a condition is over is described on the page of the condition. */
const isNotice = (key: string): boolean => key in overKinds;
const raised = keys.filter((key) => !isNotice(key));
const sections = ['## What it means', '## What to look at', '## What to do'];

describe('the runbook', () => {
  test.each(raised)('has a page for the alert %s, under its title', (key) => {
    const { title } = alertKinds[key];
    const path = `${folder}/${pageOf(title)}`;
    expect(existsSync(path), path).toBe(true);
    const text = readFileSync(path, 'utf8');
    expect(text.split('\n')[0]).toBe(`# ${title}`);
    expect(text).toMatch(new RegExp(`^Severity: ${highestSeverity(title)}\\b`, 'm'));
    expect(sections.filter((section) => !text.includes(`\n${section}\n`))).toEqual([]);
  });

  test.each(keys)('is named by the alert %s', (key) => {
    const base = (isNotice(key) ? key.replace(/_over$/, '') : key) as AlertKey;
    expect(alertKinds[key].page).toBe(pageOf(alertKinds[base].title));
  });

  test('has no page for an alert that there is not', () => {
    const pages = readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'README.md');
    const expected = new Set(raised.map((key) => pageOf(alertKinds[key].title)));
    expect(pages.filter((page) => !expected.has(page))).toEqual([]);
  });

  test.each(readdirSync(`${folder}/situations`))(
    'has the situation %s with every section, and lists it',
    (name) => {
      const text = readFileSync(`${folder}/situations/${name}`, 'utf8');
      expect(sections.filter((section) => !text.includes(`\n${section}\n`))).toEqual([]);
      expect(pageOf(text.split('\n')[0]?.replace('# ', '') ?? '')).toBe(name);
      expect(readFileSync(`${folder}/README.md`, 'utf8')).toContain(`](situations/${name})`);
    },
  );

  test('lists every alert once, with its highest severity', () => {
    const listed = readFileSync(`${folder}/README.md`, 'utf8').matchAll(
      /^\| (\w+) +\| \[(.+)\]\((.+)\) +\|$/gm,
    );
    const rows = [...listed].map(([, severity, title, page]) => [severity, title, page].join(' | '));
    const titles = new Set(raised.map((key) => alertKinds[key].title));
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
    message:
      'sumsub reviewed: timeout. Remove the cause, then replay it: "npx drop webhooks list --provider ' +
      'sumsub --status dead". ' +
      'Runbook: docs/runbook/a-webhook-was-given-up.md',
  });
});

test.each([
  ['payment_settled', 'The customer sees the message in the app.'],
  ['address_verification', 'The customer does not see it in the app.'],
  ['a_code_of_another_version', 'The customer does not see it in the app.'],
])('the mail %s that was given up says whether the app has the message', (code, says) => {
  expect(alertOf('mail_given_up', { code, reason: 'no answer' }).message).toContain(says);
});

test('an alert names the page under the address that is configured', () => {
  const { message } = alertOf('shutting_down', { signal: 'SIGTERM' }, 'https://docs.getdrop.no/runbook/');
  expect(message).toMatch(/ Runbook: https:\/\/docs\.getdrop\.no\/runbook\/drop-is-shutting-down\.md$/);
});

test.each(Object.keys(conditionKinds))('the condition %s has a notice that it is over', (key) => {
  const notice = alertKinds[`${key}_over` as AlertKey];
  expect(notice).toMatchObject({ severity: 'info', title: expect.stringMatching(/^Over: /) as unknown });
});

test.each([
  [0, 'less than a minute'],
  [1, '1 minute'],
  [119, '119 minutes'],
  [120, '2 hours'],
  [2_879, '48 hours'],
  [2_880, '2 days'],
])('%i minutes are said as %s', (minutes, text) => {
  expect(minutesText(minutes)).toBe(text);
});

test('a thrown value that is not an error is not quoted', () => {
  expect(errorText('a secret')).toBe('A value that is not an error was thrown');
});
