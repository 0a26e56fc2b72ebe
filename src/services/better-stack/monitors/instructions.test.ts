import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commandVariables } from '../command-variables.ts';
import { declare } from './declared.ts';
import { instructionsOf } from './instructions.ts';

const link = /\[([^\]]+)\]\(https:\/\/docs\.example\/([^)]+)\)/g;
const text = instructionsOf('https://docs.example');

test('instructions link to pages that the runbook has, under their titles', () => {
  const links = [...text.matchAll(link)].map(([, title = '', page = '']) => ({ title, page }));
  expect(links.length).toBeGreaterThan(3);
  for (const { title, page } of links.filter(({ page }) => page !== 'README.md'))
    expect(readFileSync(`docs/runbook/${page}`, 'utf8').split('\n')[0]).toBe(`# ${title}`);
});

test('instructions name monitors and heartbeats that are declared, and every heartbeat', () => {
  const declared = declare(commandVariables.parse({ BETTERSTACK_API_TOKEN: 'demo' }));
  const keysOf = (...kinds: string[]): string[] =>
    declared.filter(({ kind }) => kinds.includes(kind)).map(({ key }) => key);
  const named = [...text.matchAll(/\*\*Drop: ([^*]+)\*\*/g)].map(([, key = '']) => key);
  expect(named.filter((key) => !keysOf('monitor', 'heartbeat').includes(key))).toEqual([]);
  expect(keysOf('heartbeat').filter((key) => !named.includes(key))).toEqual([]);
});

test('without an address of the runbook, instructions name the paths in the repository', () => {
  expect(instructionsOf()).toContain('All pages: docs/runbook/README.md');
  expect(instructionsOf()).not.toContain('](');
});
