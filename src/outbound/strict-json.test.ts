import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonDepthMax, JsonFault, parseStrictJson } from './strict-json.ts';

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

describe('strict JSON', () => {
  test('reads everything that JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const text = JSON.stringify(value);
        expect(parseStrictJson(text)).toEqual(JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['side by side', '{"amount":"1.00","amount":"9.00"}'],
    ['deep down', '{"list":[{"a":1},{"b":{"c":1,"d":2,"c":1}}]}'],
    ['written with escapes', String.raw`{"amount":1,"\u0061mount":2}`],
    ['of the prototype', '{"__proto__":1,"__proto__":2}'],
  ])('refuses an object that names a member twice, %s', (_case, text) => {
    expect(() => parseStrictJson(text)).toThrow('names a member twice');
  });

  test.each([
    String.raw`{"a:b":"c\\","d":"\":{[","e":"{{{{"}`,
    '{"a":{"b":1},"c":{"b":1}}',
    '{"__proto__":1}',
    '""',
  ])('takes %s', (text) => {
    expect(parseStrictJson(text)).toEqual(JSON.parse(text));
  });

  test('reads the maximum depth and refuses a greater one', () => {
    expect(parseStrictJson(nested(jsonDepthMax))).toBeInstanceOf(Array);
    expect(() => parseStrictJson(nested(jsonDepthMax + 1))).toThrow(JsonFault);
    expect(() => parseStrictJson('{"a":'.repeat(100_000))).toThrow('nested deeper');
  });

  test.each([
    [String.raw`{"a":["x\u0000y"]}`, { a: ['x\ufffdy'] }],
    [String.raw`"\ud83d"`, '\ufffd'],
    [String.raw`"\uDE00\uD83D"`, '\ufffd\ufffd'],
    [String.raw`"\ud83d\ude00"`, '😀'],
    [String.raw`"\\u0000"`, String.raw`\u0000`],
  ])('of %s, a text that no database holds is read as one that every database holds', (text, value) => {
    expect(parseStrictJson(text)).toEqual(value);
  });

  test.each(['', '{', '{"a":1', '{"a":1}}', '"half', '"half\\', 'canary'])('refuses %j', (text) => {
    expect(() => parseStrictJson(text)).toThrow(JsonFault);
  });

  test('does not quote the text that it could not read', () => {
    expect(() => parseStrictJson('canary')).toThrow(/^is not JSON$/);
  });
});
