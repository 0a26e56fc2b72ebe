import { expect, test } from 'vitest';
import { assessIncident } from '#usecases/incidents/assess.ts';
import { addToIncident, recordIncident } from '#usecases/incidents/record.ts';
import { reportOf } from '#usecases/incidents/report.ts';
import { searchIncidents } from '#usecases/incidents/search.ts';
import { auditedTrail, dayMs } from '../audit/trail.ts';

const actorName = 'ida';
const title = 'DNB does not answer';

/** A day with a payment as it should be, after which another one is not answered; an incident is open. */
async function duringIncident() {
  const trail = await auditedTrail();
  const { context } = trail.bank;
  await trail.pay('settled');
  context.clock.advance(dayMs);
  const startedAt = context.clock.now();
  const lost = await trail.pay('settled');
  const { database } = context.store;
  await database.updateTable('transactions').set({ status: 'unknown' }).where('id', '=', lost).execute();
  context.clock.advance(3_600_000);
  const facts = { title, startedAt, provider: 'made-up' };
  const incident = await recordIncident(context, { facts, actorName });
  return { trail, context, incident, lost, startedAt };
}

test('an incident is held against the ledger: affected customers and payments, and a usual day', async () => {
  const { trail, context, incident, lost, startedAt } = await duringIncident();
  const { provider } = await context.store.database
    .selectFrom('transactions')
    .select('provider')
    .executeTakeFirstOrThrow();
  await addToIncident(context, incident.id, { facts: { provider }, actorName });
  const assessed = await assessIncident(context, incident.id);
  expect(assessed).toMatchObject({
    incident: { title, startedAt, provider },
    begun: { payments: 1, customers: 1, value: 25_000 },
    measures: { customers: 1, affected: { payments: 1, customers: 1, value: 25_000 }, durationMs: 3_600_000 },
    affectedIds: [lost],
  });
  expect(assessed.measures.daily).toEqual({ payments: 1 / 28, value: 25_000 / 28 });
  const elsewhere = { provider: 'another', bank: 'another' };
  await addToIncident(context, incident.id, { facts: elsewhere, actorName });
  expect(await assessIncident(context, incident.id)).toMatchObject({
    begun: { payments: 0 },
    affectedIds: [],
  });
  expect(trail).toBeDefined();
});

test('an incident that is over is measured until its end', async () => {
  const { context, incident, startedAt } = await duringIncident();
  await addToIncident(context, incident.id, { facts: { endedAt: startedAt }, actorName });
  expect(await assessIncident(context, incident.id)).toMatchObject({
    begun: { payments: 0 },
    measures: { durationMs: 0 },
  });
});

test('the record of an incident is part of the audit trail, and a change of it is found', async () => {
  const { trail, context, incident } = await duringIncident();
  const facts = { classification: { isMajor: true, at: context.clock.now() } };
  await addToIncident(context, incident.id, { facts, note: 'two of six', actorName });
  // The status that this test set by hand is found, too.
  const before = (await trail.verify()).findings;
  expect(before.filter(({ row }) => row?.startsWith('incident_entries'))).toEqual([]);
  await trail.tamper(`update incident_entries set facts = jsonb_set(facts, '{title}', '"Nothing"')`);
  const after = (await trail.verify()).findings;
  expect(after.length).toBe(before.length + 2);
});

test('what is in the record cannot be changed or removed', async () => {
  const { context } = await duringIncident();
  const { database } = context.store;
  await expect(database.updateTable('incident_entries').set({ note: 'x' }).execute()).rejects.toThrow(
    'only ever',
  );
  await expect(database.deleteFrom('incident_entries').execute()).rejects.toThrow('only ever');
});

test('an unknown incident, and times that cannot be, are refused, and nothing is added', async () => {
  const { context, incident, startedAt } = await duringIncident();
  const add = (id: number, facts: object): Promise<unknown> =>
    addToIncident(context, id, { facts, actorName });
  await expect(add(4711, { rootCause: 'x' })).rejects.toMatchObject({ code: 'not_found' });
  const past = new Date(startedAt.getTime() - 1);
  const future = new Date(context.clock.now().getTime() + 1);
  for (const facts of [
    { endedAt: past },
    { awareAt: past },
    { endedAt: future },
    { reported: { initial: future } },
  ])
    await expect(add(incident.id, facts)).rejects.toMatchObject({ code: 'invalid_request' });
  const [found] = (await searchIncidents(context, {}, 1)).entries;
  expect(found?.incident.entries).toHaveLength(1);
});

test('a report holds what Drop knows, and leaves the rest to a person', async () => {
  const { context, incident } = await duringIncident();
  await addToIncident(context, incident.id, {
    facts: { rootCause: 'a route' },
    note: 'failed over',
    actorName,
  });
  const assessed = await assessIncident(context, incident.id);
  const initial = new Map(reportOf('initial', assessed).map(({ field, value }) => [field, value]));
  expect(initial.get('Description')).toBe(`${title}\nfailed over`);
  expect(initial.get('Classified as major at')).toBeNull();
  expect(initial.has('Root cause')).toBe(false);
  const final = new Map(reportOf('final', assessed).map(({ field, value }) => [field, value]));
  expect(final.get('Root cause')).toBe('a route');
});
