import { describe, expect, test } from 'vitest';
import { pickFields } from './pick-fields.ts';

const body = {
  id: 'a-1',
  secret: 'canary',
  review: { answer: 'GREEN', comment: 'canary', tags: ['x', { deep: 'canary' }] },
  items: [
    { type: 'A', amount: 'canary' },
    { type: 'B', amount: 'canary' },
  ],
};

describe('picking the fields of a body', () => {
  test('picks the named fields, at any depth and in every item of a list', () => {
    expect(pickFields(body, ['id', 'review.answer', 'items.type', 'review.tags'])).toEqual({
      id: 'a-1',
      review: { answer: 'GREEN', tags: ['x'] },
      items: [{ type: 'A' }, { type: 'B' }],
    });
  });

  test.each([[[]], [['nothing']], [['id.deeper']], [['constructor', '__proto__', 'toString']]])(
    'is nothing by the names %j',
    (paths) => {
      expect(pickFields(body, paths)).toBeUndefined();
    },
  );

  test('picks nothing of an object whose path is named as a value', () => {
    expect(pickFields(body, ['review', 'items'])).toEqual({ items: [] });
  });

  test('truncates texts and removes tokens and national identity numbers', () => {
    const kept = pickFields({ a: 'x'.repeat(300), b: 'eyJhbGciOiJub25lIn0.e30.abc', c: '12345678903' }, [
      'a',
      'b',
      'c',
    ]);
    expect(kept).toEqual({ a: 'x'.repeat(200), b: '[token]', c: expect.stringMatching(/^\[/) as string });
  });

  test.each(['text', 7, null, undefined])('picks nothing when the body is %j', (value) => {
    expect(pickFields(value, ['id'])).toBeUndefined();
  });
});
