import { expect, test } from 'vitest';
import { flagNames } from './declared.ts';
import { evaluateFlag, productionProblem, type FlagSettings } from './evaluate.ts';

const none: FlagSettings = { isProduction: false, configured: [], settings: [] };
const set = (userId: string | undefined, isOn: boolean) => ({ flag: 'cards', userId, isOn });

test.each(flagNames)('%s is off by default, and always off in production', (flag) => {
  expect(evaluateFlag(flag, 'kari', none)).toEqual({ isOn: false, by: 'default' });
  const settings = [
    { ...set('kari', true), flag },
    { ...set(undefined, true), flag },
  ];
  const production = { isProduction: true, configured: flagNames, settings };
  expect(evaluateFlag(flag, 'kari', production)).toEqual({ isOn: false, by: 'production' });
});

test('a person’s setting beats that for everyone, which beats the configuration', () => {
  const configured = { ...none, configured: ['cards'] } as const;
  expect(evaluateFlag('cards', 'kari', configured)).toEqual({ isOn: true, by: 'configuration' });
  const everyone = { ...configured, settings: [set(undefined, false)] };
  expect(evaluateFlag('cards', 'kari', everyone)).toEqual({ isOn: false, by: 'everyone' });
  const own = { ...configured, settings: [set(undefined, false), set('kari', true)] };
  expect(evaluateFlag('cards', 'kari', own)).toEqual({ isOn: true, by: 'person' });
});

test('a setting holds for no other person and no other flag', () => {
  const known = { ...none, settings: [set('kari', true)] };
  expect(evaluateFlag('cards', 'ola', known)).toEqual({ isOn: false, by: 'default' });
  expect(evaluateFlag('physical-cards', 'kari', known)).toEqual({ isOn: false, by: 'default' });
});

test('a text that names no flag is no problem of production', () => {
  expect(productionProblem('cards')).toContain('cards');
  expect(productionProblem('constructor')).toBeUndefined();
});
