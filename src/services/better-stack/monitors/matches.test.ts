import { expect, test } from 'vitest';
import { matches } from './matches.ts';

test.each([
  ['http_method', 'GET', 'get'],
  ['policy_id', '12', 12],
  ['url', 'https://drop.alai.no', 'https://drop.alai.no/'],
  ['regions', ['us', 'eu'], ['eu', 'us']],
  ['steps', [{ wait_before: 0 }], [{ id: 7, wait_before: 0, step_members: [] }]],
  ['step_members', [{ type: 'user', email: 'a@x.example' }], [{ type: 'user', id: 7 }]],
  ['step_members', [{ type: 'user', email: 'a@x.example' }], [{ type: 'user', id: 7, email: 'a@x.example' }]],
  ['request_headers', [{ name: 'a', value: 'b' }], [{ id: '1', name: 'a', value: 'b' }]],
])('%s is as declared although it is spelt in another way', (name, declared, actual) => {
  expect(matches(name, declared, actual)).toBe(true);
});

test.each([
  ['http_method', 'GET', 'head'],
  ['required_keyword', 'OK', 'ok'],
  ['policy_id', undefined, '12'],
  ['url', 'https://drop.alai.no', 'https://drop.alai.no/other'],
  ['url', 'https://drop.alai.no', { href: 'https://drop.alai.no' }],
  ['check_frequency', 60, '60'],
  ['paused', false, undefined],
  ['paused', false, 'false'],
  ['expected_status_codes', [200], [200, 500]],
  ['steps', [{ wait_before: 0 }, { wait_before: 300 }], [{ wait_before: 300 }, { wait_before: 0 }]],
  ['steps', [{ wait_before: 0 }], { 0: { wait_before: 0 } }],
  ['steps', [{ wait_before: 0 }], []],
  ['step_members', [{ type: 'user', email: 'a@x.example' }], [{ type: 'user', id: 7, email: 'b@x.example' }]],
  ['step_members', [{ type: 'user', email: 'a@x.example' }], [{ type: 'user', id: null, email: null }]],
  ['step_members', [{ type: 'user', email: 'a@x.example' }], [{ type: 'current_on_call', id: 7 }]],
])('%s that differs is not as declared (sample %#)', (name, declared, actual) => {
  expect(matches(name, declared, actual)).toBe(false);
});
