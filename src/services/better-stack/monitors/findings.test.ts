import { expect, test } from 'vitest';
import { findingsOf } from './findings.ts';
import { sortByOwner } from './ownership.ts';
import type { Actual } from './resource.ts';

const settings = { BETTERSTACK_PLAN: 'paid' } as const;
const owned = sortByOwner([], 'drop-status');

test('an account without a working channel of Slack tells nobody at minute 0', () => {
  const found = findingsOf({ declared: [], owned, slackChannels: 0, settings });
  expect(found.map(({ code }) => code)).toEqual(['slack_not_connected']);
  expect(findingsOf({ declared: [], owned, slackChannels: 1, settings })).toEqual([]);
});

test('what a foreign status page shows is foreign, also a monitor of Drop', () => {
  const monitor: Actual = { kind: 'monitor', id: '1', attributes: { pronounceable_name: 'Drop: app' } };
  const page: Actual = { kind: 'status_page', id: '2', attributes: { company_name: 'A', subdomain: 'a' } };
  const attributes = { resource_type: 'Monitor', resource_id: 1 };
  const shown: Actual = { kind: 'shown', id: '3', page: '2', attributes };
  const { own, foreign } = sortByOwner([shown, page, monitor], 'drop-status');
  expect([[...own.keys()], foreign]).toEqual([['monitor/app'], [page, shown]]);
});

test('a name that is the prefix alone is nobody’s of Drop', () => {
  const monitor: Actual = { kind: 'monitor', id: '1', attributes: { pronounceable_name: 'Drop: ' } };
  expect(sortByOwner([monitor], 'drop-status').foreign).toEqual([monitor]);
});
