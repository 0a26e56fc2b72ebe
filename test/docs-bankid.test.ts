import { expect, test } from 'vitest';
import { readTree } from './tidy/tree.ts';

const { paths, files } = readTree();
const text = files.find(({ path }) => path === 'docs/bankid-cases.md')?.text ?? '';
const named = new Set(
  [...text.matchAll(/`((?:test|src)\/[^`]+\.test\.ts)`/g)].map((match) => match[1] ?? ''),
);

test('docs/bankid-cases.md names every test of BankID', () => {
  const tests = paths.filter((path) => /^test\/security\/bankid\/.*\.test\.ts$/.test(path));
  expect(tests.length).toBeGreaterThan(30);
  expect(tests.filter((path) => !named.has(path))).toEqual([]);
});

test('docs/bankid-cases.md names no test that does not exist', () => {
  expect([...named].filter((path) => !paths.includes(path))).toEqual([]);
});

test('docs/bankid-cases.md answers every case of the catalogue or says that it is open', () => {
  const numbers = [...text.matchAll(/^\| (\d+) +\||No\. (\d+)/gm)].map((match) =>
    Number(match[1] ?? match[2]),
  );
  const catalogue = Array.from({ length: 39 }, (_, index) => index + 1);
  expect(catalogue.filter((number) => !numbers.includes(number))).toEqual([]);
});
