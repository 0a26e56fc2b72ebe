import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { readTree } from './tidy/tree.ts';

const { paths, files } = readTree();
const text = files.find(({ path }) => path === 'docs/bankid-cases.md')?.text ?? '';

/** The rows of its tables: cells, and the tests that the last one names. */
const rows = text
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (---|No\.|Case|Module)/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map((cells) => ({ cells: cells.slice(1, -1), tests: testsIn(cells.at(-2) ?? '') }));
const named = new Set(rows.flatMap(({ tests }) => tests));

/** The conformance suite's modules for relying parties that Drop answers: basic, config, FAPI 1 and 2. */
const basicModules = `oidcc-client-test -invalid-iss -missing-sub -invalid-aud -missing-aud -missing-iat
  -kid-absent-single-jwks -kid-absent-multiple-jwks -idtoken-sig-rs256 -idtoken-sig-none -invalid-sig-rs256
  -invalid-sig-es256 -invalid-sig-hs256 -userinfo-bearer-header -userinfo-invalid-sub -nonce-invalid
  -scope-userinfo-claims -client-secret-basic -discovery-openid-config -discovery-jwks-uri-keys
  -discovery-issuer-mismatch -signing-key-rotation-just-before-signing -signing-key-rotation -invalid-athash
  -missing-athash -userinfo-signed`.split(/\s+/);
const fapiModules =
  `happy-path discovery-issuer-mismatch ensure-authorization-response-with-invalid-state-fails
  ensure-authorization-response-with-invalid-missing-state-fails invalid-authorization-response-iss
  remove-authorization-response-iss invalid-aud invalid-secondary-aud valid-aud-as-array invalid-iss
  invalid-expired-exp invalid-missing-aud invalid-missing-exp invalid-missing-iss invalid-nonce
  invalid-missing-nonce invalid-null-alg invalid-alternate-alg token-type-case-insensitivity
  token-endpoint-response-without-expires_in iat-is-week-in-past invalid-signature no-at_hash
  no-scope-in-token-response`.split(/\s+/);
const notApplicable = `-userinfo-bearer-body -invalid-chash -missing-chash -form-post-error -refresh-token
  -3rd-party-init-login JARM CIBA`.split(/\s+/);
/** Of modules in which all goes well, answered by a test of more than one of them. */
const positive = new Set(['oidcc-client-test', 'happy-path']);

function testsIn(cell: string): string[] {
  return [...cell.matchAll(/`((?:test|src)\/[^`]+\.test\.ts)`/g)].map((match) => match[1] ?? '');
}

test('docs/bankid-cases.md names every test of BankID and of the mobile app', () => {
  const tests = paths.filter((path) => /^test\/security\/(bankid|mobile)\/.*\.test\.ts$/.test(path));
  expect(tests.length).toBeGreaterThan(70);
  expect(tests.filter((path) => !named.has(path))).toEqual([]);
});

test('docs/bankid-cases.md names no test that does not exist', () => {
  expect([...named].filter((path) => !paths.includes(path))).toEqual([]);
});

test('docs/bankid-cases.md gives every case a result and a test', () => {
  expect(rows.length).toBeGreaterThan(90);
  const bare = rows.filter(({ cells, tests }) => cells.some((cell) => cell === '') || tests.length === 0);
  expect(bare).toEqual([]);
});

test('docs/bankid-cases.md answers every case of the catalogue', () => {
  const numbers = rows.map(({ cells }) => Number(cells[0]));
  const catalogue = Array.from({ length: 39 }, (_, index) => index + 1);
  expect(catalogue.filter((number) => !numbers.includes(number))).toEqual([]);
});

test.each([...basicModules, ...fapiModules])('%s is answered by a file of its name', (module) => {
  const found = rows
    .map((row) => ({ ...row, names: (row.cells[0] ?? '').split(', ') }))
    .filter(({ names }) => names.includes(module));
  expect(found).toHaveLength(1);
  const [{ names, tests } = { names: [], tests: [] }] = found;
  if (positive.has(module)) return;
  const file = basename(tests[0] ?? '', '.test.ts');
  expect(names.map((name) => name.replace(/^-/, ''))).toContain(file);
});

test.each(notApplicable)('%s is not applicable, and there it stands', (module) => {
  expect(text.slice(text.indexOf('## Not applicable'), text.indexOf('## Open'))).toContain(module);
});
