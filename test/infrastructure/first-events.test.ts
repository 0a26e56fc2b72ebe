import { expect, onTestFinished, test } from 'vitest';
import { Journey } from '#cli/journey.ts';
import { providersStage } from '../process/providers-stage.ts';
import { samplesOf, type Sample } from './exposition.ts';
import { panels, rules } from './monitoring-files.ts';
import { rangedIn, type Ranged } from './promql.ts';

/**
 * Metrics of which some series begin with their first event, and why: `rate` and `increase` do not see that event.
 * docs/metrics.md names them, too.
 */
const begunByEvents: Readonly<Record<string, string>> = {
  http_client_request_duration_seconds:
    'its labels have the status and the code of the error, which only the answer of a provider tells',
  http_server_request_duration_seconds:
    'routes that are in no objective: 17 series for each class of their status, of which most stay at 0',
  drop_provider_odd_items_total: 'by operation; the dashboard shows its value, not its rate',
};

const expressions = [...rules, ...panels.flatMap(({ targets }) => targets)].map(({ expr }) =>
  expr.replaceAll('$job', 'drop'),
);
const wanted = expressions.flatMap(rangedIn);

/** A Drop that has just started, with every emulator, and what a scrape of it shows. */
async function freshDrop() {
  const { start, origin, internalOrigin } = await providersStage();
  await start({});
  const scrape = async (): Promise<Sample[]> =>
    samplesOf(await (await fetch(`${internalOrigin}/metrics`)).text());
  await expect.poll(async () => (await scrape()).map(({ metric }) => metric)).toContain('drop_inbox_dead');
  return { origin, scrape };
}

const metricOf = ({ metric }: { metric: string }): string => metric.replace(/_(bucket|sum|count)$/, '');
const isOfObjective = ({ selector }: Ranged): boolean => selector.includes('http_route');

test('a Drop that has just started shows each series that a rule or a panel takes the rate of', async () => {
  const { scrape } = await freshDrop();
  const shown = (await scrape()).map((sample) => {
    return { ...sample, labels: new Map([...sample.labels, ['job', 'drop']]) };
  });
  expect(wanted.length).toBeGreaterThan(40);
  const absent = wanted.filter(
    ({ metric, accepts }) => !shown.some((sample) => sample.metric === metric && accepts(sample.labels)),
  );
  const unexplained = absent.filter((each) => isOfObjective(each) || !(metricOf(each) in begunByEvents));
  expect([...new Set(unexplained.map(({ selector }) => selector))]).toEqual([]);
});

test('a customer who signs in and pays begins no series but those that nobody can know before', async () => {
  const { origin, scrape } = await freshDrop();
  const before = new Set((await scrape()).map(({ series }) => series));
  const journey = new Journey(origin);
  onTestFinished(() => journey.close());
  await journey.signIn();
  await journey.verify();
  await journey.linkBank();
  await journey.readBalance();
  await journey.pay();
  await journey.approve();
  await journey.awaitSettlement();
  const isTold = ({ metric, value }: Sample): boolean =>
    metric === 'drop_settlement_told_seconds_count' && value > 0;
  await expect.poll(async () => (await scrape()).some(isTold)).toBe(true);
  const after = await scrape();
  const begun = after.filter(
    ({ metric, series, value }) =>
      value > 0 && /_(total|count|sum|bucket)$/.test(metric) && !before.has(series),
  );
  const own = begun.filter(({ metric }) => /^(drop|http)_/.test(metric));
  expect([...new Set(own.map(metricOf))].filter((metric) => !(metric in begunByEvents))).toEqual([]);
  const ofObjectives = wanted.filter(isOfObjective);
  expect(ofObjectives.length).toBeGreaterThan(20);
  const late = own.filter(({ metric, labels }) =>
    ofObjectives.some(
      (each) => each.metric === metric && each.accepts(new Map([...labels, ['job', 'drop']])),
    ),
  );
  expect(late.map(({ series }) => series)).toEqual([]);
});
