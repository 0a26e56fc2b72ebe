import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { scripts } from '#cli/completion-scripts.ts';
import { createProgram } from '#cli/program.ts';
import { nodesOf } from '#cli/tree.ts';
import { drop } from './program.ts';

const nodes = nodesOf(createProgram());

function bash(...words: string[]): string {
  const typed = words.map((word) => `'${word}'`).join(' ');
  const name = words[0] === 'npx' ? '_drop_npx' : '_drop';
  const script = `${scripts.bash(nodes)}
COMP_WORDS=(${typed}); COMP_CWORD=${words.length - 1}; COMPREPLY=(); ${name}; echo "\${COMPREPLY[*]}"`;
  return spawnSync('bash', ['-c', script], { encoding: 'utf8' }).stdout.trim();
}

test.each([
  [['drop', 'cal'], 'calls'],
  [['drop', 'help', 'cal'], 'calls'],
  [['drop', 'help', 'calls', 'l'], 'list'],
  [['drop', 'calls', 'sh'], 'show'],
  [['npx', 'drop', 'calls', 'list', '--request'], '--request-id'],
  [['drop', 'calls', 'list', '--since', '1h', '--outcome', 'un'], 'unanswered'],
  [['npx', 'vitest', 'cal'], ''],
])('bash completes %j', (words, completed) => {
  expect(bash(...words)).toBe(completed);
});

const fish = spawnSync('fish', ['--version']).status === 0;

test.skipIf(!fish)(
  'fish completes commands and the choices of options (skipped where fish is absent)',
  () => {
    const complete = (line: string): string => {
      const script = `${scripts.fish(nodes)}\ncomplete -C '${line}'`;
      return spawnSync('fish', ['-c', script], { encoding: 'utf8' }).stdout.replaceAll(/\t.*/g, '').trim();
    };
    expect(complete('drop cal')).toBe('calls');
    expect(complete('npx drop calls list --outcome un')).toBe('unanswered');
  },
);

const zsh = spawnSync('zsh', ['--version']).status === 0;

test.skipIf(!zsh)('zsh reads its script (skipped where zsh is absent)', () => {
  const script = `autoload -U compinit && compinit -u -D\n${scripts.zsh(nodes)}\nwhich _drop > /dev/null && echo read`;
  expect(spawnSync('zsh', ['-fc', script], { encoding: 'utf8' })).toMatchObject({
    stdout: 'read\n',
    stderr: '',
  });
});

test('the help of a command is found by its words, and an unknown command is wrong use', async () => {
  const program = createProgram();
  const written: string[] = [];
  const [calls] = program.commands.filter((command) => command.name() === 'calls');
  calls?.commands[0]?.configureOutput({ writeOut: (text) => void written.push(text) });
  await program.parseAsync(['help', 'calls', 'list'], { from: 'user' });
  expect(written.join('')).toContain('Usage: drop calls list');
  calls?.configureOutput({ writeErr: () => undefined });
  await expect(program.parseAsync(['help', 'calls', 'lst'], { from: 'user' })).rejects.toThrow('lst');
});

test.each([
  [['statsu'], 'status'],
  [['calls', 'lst'], 'list'],
  [['monitors', 'plna'], 'plan'],
  [['help', 'calls', 'lst'], 'list'],
  [['calls', 'list', '--opertion', 'x'], '--operation'],
])('the mistyped words %j are answered with what was probably meant', async (words, meant) => {
  const ran = await drop(words, {});
  expect(ran).toMatchObject({ code: 2, output: '' });
  expect(ran.errors).toContain(`(Did you mean ${meant}?)`);
});

test('help for words below a command that has none says so', async () => {
  const ran = await drop(['help', 'calls', 'list', 'foo'], {});
  expect(ran).toMatchObject({ code: 2, errors: "error: 'list' has no command 'foo'\n" });
});
