import { beforeAll, describe, expect, test } from 'vitest';
import { parseStrictJson } from '#outbound/strict-json.ts';
import { recorded as recordedOfBankId } from '#services/bankid/recorded.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { recorded as recordedOfSumsub } from '#services/sumsub/recorded.ts';
import { ending, runCell, type Cell } from './cell.ts';
import { documentOf } from './document.ts';
import { faultNames, withDoubledMember } from './faults.ts';
import { expectedEnding, type Operation } from './operation.ts';
import { mailFaults, mailTable, runMailFaults, type MailCell } from './mail.ts';
import { operations, recordedOperationsOfOpenBanking } from './operations.ts';

const boundMsMax = 30_000;
/** Long enough for a machine that does much else. */
const drivenMsMax = 180_000;

let mail: ReadonlyMap<string, MailCell>;
const matrix = new Map<(typeof faultNames)[number], Map<Operation, Cell | undefined>>();

beforeAll(async () => {
  mail = await runMailFaults();
  for (const fault of faultNames) {
    const cells = operations.map(async (operation) => [operation, await runCell(operation, fault)] as const);
    matrix.set(fault, new Map(await Promise.all(cells)));
  }
}, drivenMsMax);

function cellsOf(operation: Operation): Cell[] {
  return faultNames.map((fault) => matrix.get(fault)?.get(operation)).filter((cell) => cell !== undefined);
}

describe.each(operations.map((operation) => [operation.name, operation] as const))(
  '%s',
  (_name, operation) => {
    test.each(faultNames)('under the fault "%s" ends as its class says', (fault) => {
      expect(ending(matrix.get(fault)?.get(operation))).toBe(expectedEnding(operation, fault));
    });

    test('has a bound in time, whatever the fault', () => {
      const bounds = cellsOf(operation).map(({ call }) => call?.timeoutMs ?? Number.POSITIVE_INFINITY);
      expect(Math.max(...bounds)).toBeLessThanOrEqual(boundMsMax);
    });

    test('is never silent: every fault shows in an attempt, an error or a judgement', () => {
      for (const cell of cellsOf(operation)) expect(cell.attempts.length).toBeGreaterThan(0);
    });

    test('goes out once where it may not be seen twice, unless its sender repeats it knowingly', () => {
      const once = cellsOf(operation).filter(({ call }) => call?.repeatable === false);
      const perCall = once.map(({ attempts }) => attempts.filter(({ attempt }) => attempt > 1));
      const sentTwice = perCall.flat().filter(({ errorCode, status }) => status !== undefined || !errorCode);
      expect(sentTwice).toEqual([]);
    });
  },
);

test('the matrix has every operation of whose bodies something is kept', () => {
  const names = new Set(operations.map(({ name }) => name));
  const kept = [
    ...[recordedOfBankId, recordedOfSumsub].flatMap(Object.keys),
    ...recordedOperationsOfOpenBanking,
  ];
  expect(kept.filter((name) => !names.has(name))).toEqual([]);
});

describe('email.send', () => {
  test.each(mailFaults)('under the fault "$name" ends with its verdict', ({ name, expected }) => {
    expect(mail.get(name)?.verdict).toEqual(expected);
  });

  test.each(mailFaults)('under the fault "$name" names no address', ({ name }) => {
    expect(JSON.stringify(mail.get(name)?.verdict)).not.toMatch(/@|nordmann/);
  });

  test.each(mailFaults)(
    'under the fault "$name" leaves the server up if it answered',
    ({ name, expected }) => {
      const isAnswer = expected.kind === 'never' || /answered/.test(expected.reason);
      const isUp = isAnswer && expected.kind !== 'unusable';
      expect(mail.get(name)?.state).toBe(isUp ? 'closed' : 'open');
    },
  );

  test('delivers a mail under no fault but the one that loses the answer', () => {
    const delivered = [...mail].filter(([, { copies }]) => copies > 0).map(([name]) => name);
    expect(delivered).toEqual(['DATA: accepted, and the answer is lost']);
  });
});

test('the matrix has every open banking provider', () => {
  const providers = new Set(operations.map(({ provider }) => provider));
  expect(openBankingProviders.map(({ id }) => id).filter((id) => !providers.has(id))).toEqual([]);
});

test.each([
  ['an object', '{"a":1}', 1],
  ['an object without members', '{}', 0],
  ['an array of objects', '[{"a":1},{"a":2}]', 2],
  ['an array of nothing', '[]', 0],
  ['an array of numbers', '[1,2]', 0],
])('a member is named twice in %s, which is JSON all the same', (_kind, good, others) => {
  const doubled = withDoubledMember(good);
  expect(doubled.match(/"twice"/g)).toHaveLength(2);
  expect(doubled.match(/"a"/g) ?? []).toHaveLength(others);
  expect(() => void JSON.parse(doubled)).not.toThrow();
  expect(() => parseStrictJson(doubled)).toThrow('names a member twice');
});

test('docs/fault-matrix.md is what the matrix says', async () => {
  const text = await documentOf(matrix, operations, [mailTable(mail)]);
  await expect(text).toMatchFileSnapshot('../../../docs/fault-matrix.md');
});
