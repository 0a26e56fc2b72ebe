import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { examined, found, staging } from './examined.ts';

const newKey = (): string => randomBytes(32).toString('base64');
const value = 'a-secret-that-must-never-be-shown';

/** A file with a text, for a variable that ends with `_FILE`. */
async function fileWith(text: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'drop-doctor-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  await writeFile(join(directory, 'secret'), text);
  return join(directory, 'secret');
}

test('every fault is told at once, as a start tells it, and the rest is examined', async () => {
  const environment = {
    ...staging,
    BASE_URL: 'https://pay.example',
    PORT: 'many',
    MAIL_FROM: 'nobody',
    AUDIT_SIGNING_KEY: 'short',
  };
  const { findings, of } = await examined(environment);
  const failed = findings.filter(({ severity }) => severity === 'failed');
  expect(failed.map(({ subject }) => subject).sort()).toEqual(['AUDIT_SIGNING_KEY', 'MAIL_FROM', 'PORT']);
  expect(of('configuration', 'PORT')).toEqual(found('failed', 'must be a whole number'));
  expect(of('audit', 'AUDIT_SIGNING_KEY')).toEqual(found('skipped', 'it is at fault'));
});

test('an empty environment is production, and each missing variable is named with what to do', async () => {
  const { findings, of } = await examined({ DROP_DATA_DIR: '/nonexistent/drop' });
  expect(of('configuration', 'DATABASE_URL')).toEqual(found('failed', 'is required in production'));
  expect(of('configuration', 'production rules')).toEqual(found('failed', 'production would not start'));
  expect(of('callbacks', 'BASE_URL')).toEqual(found('skipped', 'it is at fault'));
  expect(findings.every(({ severity, advice }) => severity !== 'failed' || advice !== undefined)).toBe(true);
});

test('the token of the API of BetterStack is refused in the environment of production', async () => {
  const production = { DROP_DATA_DIR: '/nonexistent/drop', BETTERSTACK_API_TOKEN: value };
  const { of, json } = await examined(production);
  expect(of('configuration', 'BETTERSTACK_API_TOKEN')).toEqual(
    found('failed', 'must not be in the environment'),
  );
  expect((await examined({ ...staging, BETTERSTACK_API_TOKEN: value })).json).not.toContain(
    'BETTERSTACK_API_TOKEN',
  );
  expect(json).not.toContain(value);
});

test('a secret has a source and a fingerprint, which is the same from a file', async () => {
  const key = newKey();
  const direct = await examined({ ...staging, DATA_ENCRYPTION_KEY: key });
  const finding = direct.of('secrets', 'DATA_ENCRYPTION_KEY');
  const [, fingerprint] = /^from the environment, fingerprint ([\da-f]{8})$/.exec(finding?.text ?? '') ?? [];
  expect(fingerprint).toBeDefined();
  const byFile = await examined({ ...staging, DATA_ENCRYPTION_KEY_FILE: await fileWith(`${key}\n`) });
  expect(byFile.of('secrets', 'DATA_ENCRYPTION_KEY')).toEqual(
    found('ok', `from the file of DATA_ENCRYPTION_KEY_FILE, fingerprint ${fingerprint}`),
  );
  const other = await examined({ ...staging, DATA_ENCRYPTION_KEY: newKey() });
  expect(other.of('secrets', 'DATA_ENCRYPTION_KEY')?.text).not.toContain(fingerprint);
  expect(`${direct.json}${byFile.json}`).not.toContain(key);
});

test('a short secret has no fingerprint, and a file that cannot be read is found', async () => {
  const { of } = await examined({
    ...staging,
    SUMSUB_APP_TOKEN: 'short',
    SUMSUB_SECRET_KEY_FILE: '/nonexistent/drop/secret',
  });
  expect(of('secrets', 'SUMSUB_APP_TOKEN')).toEqual(found('ok', 'too short for a fingerprint'));
  expect(of('secrets', 'SUMSUB_SECRET_KEY')).toEqual(found('failed', 'its file cannot be read'));
});

const base = { BASE_URL: 'https://pay.example' };

test.each([
  ['plain HTTP', { BASE_URL: 'http://pay.example' }, 'BASE_URL', found('failed', 'is not https:')],
  ['nothing', {}, 'BASE_URL', found('warning', 'is not set')],
  ['a path', { BASE_URL: 'https://pay.example/drop' }, 'BASE_URL', found('failed', 'has a path')],
  ['a public host', base, 'BASE_URL', found('ok', 'https://pay.example')],
  [
    'a callback on another host',
    { ...base, OPENBANKING_CALLBACK_URL: 'https://old.example/api/openbanking/callback' },
    'OPENBANKING_CALLBACK_URL',
    found('warning', 'leads to old.example, and customers sign in at pay.example'),
  ],
  [
    'a callback to another route',
    { ...base, BANKID_CALLBACK_URL: 'https://pay.example/callback' },
    'BANKID_CALLBACK_URL',
    found('failed', 'does not lead to /api/auth/bankid/callback'),
  ],
])('%s is judged', async (_name, change, subject, finding) => {
  expect((await examined({ ...staging, ...change })).of('callbacks', subject)).toEqual(finding);
});

test('the demo key of the audit trail and a directory that is not there are found', async () => {
  const { of } = await examined({ ...staging, AUDIT_ROOTS_DIRECTORY: '/nonexistent/drop/roots' });
  expect(of('audit', 'AUDIT_SIGNING_KEY')).toEqual(found('warning', 'the demo key, which is public'));
  expect(of('audit', 'AUDIT_ROOTS_DIRECTORY')).toEqual(found('failed', 'cannot be written to'));
  const own = await examined({ ...staging, AUDIT_SIGNING_KEY: newKey() });
  expect(own.of('audit', 'AUDIT_SIGNING_KEY')).toEqual(found('ok', 'a key of your own'));
});
