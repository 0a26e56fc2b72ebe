import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emailLengthMax, isSameAddress, mailboxOf, readEmailAddress } from './email-address.ts';

test.each([
  ['an ordinary address', 'kari@example.no', 'kari@example.no'],
  ['spaces around it', ' kari@example.no\n', 'kari@example.no'],
  ['a tag', 'kari+drop@example.no', 'kari+drop@example.no'],
  ['every sign of an atom', "a.!#$%&'*+/=?^_`{|}~-9@example.no", "a.!#$%&'*+/=?^_`{|}~-9@example.no"],
  ['a name of 64 characters', `${'k'.repeat(64)}@example.no`, `${'k'.repeat(64)}@example.no`],
  ['a coded domain', 'kari@XN--blbr-roah.no', 'kari@xn--blbr-roah.no'],
  ['capitals', 'Kari@Example.NO', 'Kari@example.no'],
  ['a Norwegian domain', 'kari@blåbærsyltetøy.no', 'kari@xn--blbrsyltety-y8ao3x.no'],
  ['a Norwegian domain with a combining ring', 'kari@bla\u030abær.no', 'kari@xn--blbr-roah.no'],
  ['a subdomain', 'kari@post.example.co.uk', 'kari@post.example.co.uk'],
])('%s is accepted', (_what, typed, address) => {
  expect(readEmailAddress(typed)).toEqual({ ok: true, address });
});

test.each([
  ['nothing', ''],
  ['a name', 'kari'],
  ['no name', '@example.no'],
  ['no domain', 'kari@'],
  ['two at signs', 'kari@nordmann@example.no'],
  ['a host that is not public', 'kari@localhost'],
  ['an IPv4 address', 'kari@127.0.0.1'],
  ['an IPv4 address in another spelling', 'kari@127.1'],
  ['an address literal', 'kari@[127.0.0.1]'],
  ['a space within', 'kari nordmann@example.no'],
  ['a name beside the address', 'Kari <kari@example.no>'],
  ['a comma and a second address', 'kari@example.no,ola@example.no'],
  ['a line break and a header', 'kari@example.no\r\nBcc: ola@example.no'],
  ['a line break in the name', 'kari\r\n@example.no'],
  ['a line break in the domain', 'kari@example\n.no'],
  ['a null', 'kari\0@example.no'],
  ['a quoted name', '"kari nordmann"@example.no'],
  ['a percent-encoded domain', 'kari@ex%61mple.no'],
  ['a percent-encoded domain with another letter', 'kari@blå%62ær.no'],
  ['a port', 'kari@example.no:25'],
  ['a path', 'kari@example.no/blå'],
  ['a label that begins with a hyphen', 'kari@-example.no'],
  ['an empty label', 'kari@example..no'],
  ['a dot at the end', 'kari@example.no.'],
  ['a dot at the beginning', '.kari@example.no'],
  ['a dot before the at sign', 'kari.@example.no'],
  ['two dots together', 'kari..nordmann@example.no'],
  ['a name of 65 characters', `${'k'.repeat(65)}@example.no`],
  ['a top-level domain of one letter', 'kari@example.n'],
  ['a label of 64 characters', `kari@${'a'.repeat(64)}.no`],
  ['a domain that turns around', 'kari@blå\u202ebær.no'],
])('%s is refused', (_what, typed) => {
  expect(readEmailAddress(typed)).toEqual({ ok: false, fault: 'email_malformed' });
});

test('a letter that is not ASCII before the at sign is refused by its own fault', () => {
  const refused = { ok: false, fault: 'email_local_part_not_ascii' };
  expect(readEmailAddress('kåre@example.no')).toEqual(refused);
});

test('an address may have 254 characters, and no more', () => {
  const name = 'k'.repeat(64);
  const domain = (length: number) => `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(length - 131)}.no`;
  const address = (length: number) => `${name}@${domain(length - name.length - 1)}`;
  expect(address(emailLengthMax)).toHaveLength(emailLengthMax);
  expect(readEmailAddress(address(emailLengthMax)).ok).toBe(true);
  expect(readEmailAddress(address(emailLengthMax + 1))).toEqual({ ok: false, fault: 'email_too_long' });
});

test('the length counts in the form in which the domain is sent', () => {
  const typed = `kari@${Array.from({ length: 8 }, () => 'å'.repeat(25)).join('.')}.no`;
  expect(typed.length).toBeLessThan(emailLengthMax);
  expect(readEmailAddress(typed)).toEqual({ ok: false, fault: 'email_too_long' });
});

const piece = fc.constantFrom(
  ...[
    'kari',
    '@',
    '.',
    'no',
    'å',
    '\r\n',
    '\n',
    '\0',
    ' ',
    ',',
    ';',
    ':',
    '<',
    '>',
    '"',
    '%0a',
    '\u2028',
    '\u0085',
  ],
);
const typedText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
  fc.array(piece, { maxLength: 4 }).map((pieces) => `kari${pieces.join('')}@example.no`),
  fc.array(piece, { maxLength: 4 }).map((pieces) => `kari@example${pieces.join('')}.no`),
);

test('whatever is typed, an accepted address cannot add a header or a recipient to a mail', () => {
  fc.assert(
    fc.property(typedText, (typed) => {
      const read = readEmailAddress(typed);
      if (!read.ok) return;
      expect(read.address).toMatch(/^[\x21-\x7e]+$/);
      expect(read.address).not.toMatch(/[,;:<>"()[\]\\]/);
      expect(read.address.split('@')).toHaveLength(2);
      expect(read.address.length).toBeLessThanOrEqual(emailLengthMax);
    }),
    { numRuns: 2_000 },
  );
});

test('an accepted address is accepted again, unchanged', () => {
  fc.assert(
    fc.property(fc.emailAddress(), (typed) => {
      const read = readEmailAddress(typed);
      if (read.ok) expect(readEmailAddress(read.address)).toEqual(read);
    }),
  );
});

test('addresses that differ by case are the same one', () => {
  expect(isSameAddress('Kari@example.no', 'kari@example.no')).toBe(true);
  expect(isSameAddress('kari@example.no', 'ola@example.no')).toBe(false);
});

test.each([
  ['capitals', 'Kari@Example.no', 'kari@example.no'],
  ['a tag', 'kari+drop@example.no', 'kari@example.no'],
  ['several tags', 'kari+a+b@example.no', 'kari@example.no'],
  ['dots at Gmail', 'ka.r.i+x@gmail.com', 'kari@gmail.com'],
  ["Gmail's other name", 'kari@googlemail.com', 'kari@gmail.com'],
])('%s do not make another mailbox', (_what, address, mailbox) => {
  expect(mailboxOf(address)).toBe(mailbox);
});

test.each([
  ['dots elsewhere', 'kari.nordmann@example.no'],
  ['a name that begins with a plus', '+47@example.no'],
])('%s are part of the mailbox', (_what, address) => {
  expect(mailboxOf(address)).toBe(address);
});
