import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { shellWord } from './shell-word.ts';

test('a plain word stays as it is', () => {
  expect(shellWord('NO:dnb_1.b@c-d')).toBe('NO:dnb_1.b@c-d');
});

test.each(['SpareBank 1 Østlandet', "Peter's bank", '$(id) `id` "id" \\', '', '--yes; id'])(
  'a shell reads %j as one word and carries nothing of it out',
  (text) => {
    expect(execFileSync('sh', ['-c', `printf %s ${shellWord(text)}`], { encoding: 'utf8' })).toBe(text);
  },
);

test('a new line does not begin another command', () => {
  expect(shellWord('a\nid\u001b')).toBe("'aid'");
});
