import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formField } from './form-field.ts';

const form = (boundary: string, fields: [name: string, value: string][]): string => {
  const parts = fields.map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return `${parts.join('')}--${boundary}--\r\n`;
};
const read = (body: string, type: string, name = 'email'): string | undefined => {
  const field = formField(Buffer.from(body), type, name);
  return field && Buffer.from(field).toString();
};

test.each([
  [
    'the first',
    [
      ['email', 'mail'],
      ['to', 'x'],
    ],
    'mail',
  ],
  [
    'the last',
    [
      ['to', 'email'],
      ['email', 'mail'],
    ],
    'mail',
  ],
  ['an empty one', [['email', '']], ''],
  [
    'one with line breaks and boundaries of its own',
    [['email', 'a\r\n\r\n--b\r\nc\r\n']],
    'a\r\n\r\n--b\r\nc\r\n',
  ],
  ['one beyond ASCII', [['email', 'blåbær']], 'blåbær'],
] as [string, [string, string][], string][])('%s of the fields is read', (_which, fields, expected) => {
  expect(read(form('xYzZY', fields), 'multipart/form-data; boundary=xYzZY')).toBe(expected);
  expect(read(form('x Y', fields), 'multipart/form-data; boundary="x Y"')).toBeUndefined();
  expect(read(form('xYzZY', fields), 'multipart/form-data; charset=utf-8; boundary="xYzZY"; a=b')).toBe(
    expected,
  );
});

test('a field of another name is none', () => {
  expect(read(form('b', [['emails', 'x']]), 'multipart/form-data; boundary=b')).toBeUndefined();
});

test('a form that was not closed has no fields', () => {
  const open = form('b', [['email', 'x']]).replace('--b--', '--b');
  expect(read(open, 'multipart/form-data; boundary=b')).toBeUndefined();
});

test('hostile bytes and types never make the reading fail', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), fc.string(), (bytes, text) => {
      formField(bytes, text, 'email');
      formField(bytes, `multipart/form-data; boundary=${text}`, 'email');
    }),
  );
});
