import { expect, test } from 'vitest';
import { createProgram } from '#cli/program.ts';
import { nodesOf } from '#cli/tree.ts';

/** The help of each command, as it is printed, by the words that lead to it. */
const helps = nodesOf(createProgram()).map(({ path, command }) => {
  let text = '';
  command.configureOutput({ writeOut: (part) => void (text += part) }).outputHelp();
  return { path, command, text };
});
const leaves = helps.filter(({ path, command }) => path !== '' && command.commands.length === 0);
const helpOf = (path: string): string => helps.find((each) => each.path === path)?.text ?? '';

test.each(leaves)('the help of $path shows how it is used', ({ path, text }) => {
  expect(text).toContain(`\nExamples:\n  npx drop ${path}`);
});

test.each(leaves)('the help of $path ends with its exit codes after one empty line', ({ text }) => {
  expect(text).toMatch(/[^\n]\n\nExit codes: 0 .+, 1 .+, 2 .+\.\n$/);
  expect(text.match(/exit code/gi)).toHaveLength(1);
});

test('the help of a command that compares says that 2 means a difference', () => {
  for (const path of ['monitors plan', 'monitors drift'])
    expect(helpOf(path)).toContain('2 something differs');
});

test('an option that must be given says so, and another one does not', () => {
  const plain = (path: string): string => helpOf(path).replaceAll(/\s+/g, ' ');
  expect(plain('payments show')).toContain('reason for the access, kept for five years; required');
  expect(plain('payments list')).not.toContain('required');
});

test.each(leaves)('the help of $path tells each default once', ({ text }) => {
  const options = text.replaceAll(/\s+/g, ' ').split(/ (?=--\w)/);
  expect(options.filter((option) => option.split('(default:').length > 2)).toEqual([]);
});

test('a service has one name in all commands', () => {
  const known = helpOf('incidents open').replaceAll(/\s+/g, ' ');
  for (const name of ['"bankid"', '"slack"', '"email"', '"better-stack"']) expect(known).toContain(name);
});
