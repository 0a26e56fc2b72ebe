import { expect, test } from 'vitest';
import { commandPage } from '../../scripts/command-reference.ts';

test('docs/commands.md has every command and option, as `npm run command-reference` writes it', async () => {
  const { current, wanted } = await commandPage();
  expect(current).toBe(wanted);
});
