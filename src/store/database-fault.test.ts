import { expect, test } from 'vitest';
import { DropError } from '#domain/errors.ts';
import { databaseFault } from './database-fault.ts';

const place = { url: 'postgres://ida:tre-hemmelig@db.example:6543/drop', name: 'DATABASE_URL' };

test.each([
  ['ENOTFOUND', 'a name that cannot be resolved'],
  ['ECONNREFUSED', 'where no server listens'],
  ['ETIMEDOUT', 'where no server answers in time'],
  ['28P01', 'where PostgreSQL refuses the user ida or its password'],
  ['3D000', 'where there is no database drop'],
  ['42P01', 'a database without the schema of this version'],
  ['53300', 'where PostgreSQL has no connection left'],
  ['53100', 'where the disk of PostgreSQL is full: make room on it'],
  ['57P03', 'where PostgreSQL is starting or stopping'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'where the certificate of the server is not trusted'],
])('%s is said as what it is, with the host and without the password', (code, words) => {
  const fault = databaseFault(Object.assign(new Error('x'), { code }), place) as Error;
  expect(fault.message).toContain(`DATABASE_URL leads to db.example port 6543, ${words}`);
  expect(fault.message).not.toContain('hemmelig');
});

test('the fault under another error of the database is found', () => {
  const cause = Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
  const error = new DropError('database_unavailable', { message: 'PostgreSQL does not answer', cause });
  expect(databaseFault(error, place)).toMatchObject({
    message: expect.stringContaining('db.example') as string,
  });
});

test('an error that is not about the database stays as it is', () => {
  const error = new DropError('provider_timeout', { message: 'a timeout of another kind' });
  expect(databaseFault(error, place)).toBe(error);
});
