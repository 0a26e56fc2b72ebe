import { DropError } from '#domain/errors.ts';
import type { CommandSettings } from '../command-variables.ts';
import { candidatesFor, nameOf, type Candidate } from './adoption.ts';
import type { MonitoringApi } from './api.ts';
import { declare } from './declared.ts';
import { diff, type Change } from './diff.ts';
import { findingsOf, isBlocking, type Finding } from './findings.ts';
import { placeOf, sortByOwner, type Owned } from './ownership.ts';
import { readExisting } from './read.ts';
import { collectionOf, type Declared } from './resource.ts';

/** What `apply` would change, and what a person must know. */
export interface Plan {
  changes: Change[];
  findings: Finding[];
  owned: Owned;
}

/** Compares what is declared with what exists. Changes nothing. */
export async function planMonitors(api: MonitoringApi, settings: CommandSettings): Promise<Plan> {
  const declared = declare(settings);
  const { owned, slackChannels } = await readOwned(api, settings);
  const findings = findingsOf({ declared, owned, slackChannels, settings });
  return { changes: diff(declared, owned), findings, owned };
}

/** Everything of Drop's own as deletions, and nothing of others. */
export async function planDestruction(api: MonitoringApi, settings: CommandSettings): Promise<Plan> {
  const { owned } = await readOwned(api, settings);
  return { changes: diff([], owned), findings: [], owned };
}

/**
 * What was made by hand and can be adopted; `places`, such as `monitor/app`, says in place of what. Without any, all.
 *
 * @throws {DropError} `invalid_request` for a place with no candidate, and for one with several.
 */
export async function planAdoption(
  api: MonitoringApi,
  settings: CommandSettings,
  places: readonly string[],
): Promise<Candidate[]> {
  const { owned } = await readOwned(api, settings);
  const all = candidatesFor(declare(settings), owned);
  const isAt = (place: string) => (each: Candidate) => placeOfDeclared(each.declared) === place;
  for (const place of places)
    if (!all.some(isAt(place))) throw refused(`nothing that was made by hand fits ${place}`);
  const wanted = all.filter(
    ({ declared }) => places.length === 0 || places.includes(placeOfDeclared(declared)),
  );
  for (const { declared } of wanted) {
    const fitting = wanted.filter(isAt(placeOfDeclared(declared))).map(({ actual }) => actual.id);
    if (fitting.length > 1)
      throw refused(`several fit ${placeOfDeclared(declared)} (${fitting.join(', ')}): keep one of them`);
  }
  return wanted;
}

/** Gives it the name by which Drop knows what it owns. Its other attributes are for the next plan. */
export async function adopt(api: MonitoringApi, { declared, actual }: Candidate): Promise<void> {
  await api.update(collectionOf(actual.kind), actual.id, nameOf(declared));
}

/** @throws {DropError} `invalid_request` while a person must decide something first. */
export function requireUnblocked({ findings }: Pick<Plan, 'findings'>): void {
  const blocking = findings.filter(isBlocking).map(({ text }) => text);
  if (blocking.length > 0) throw refused(`nothing was changed: ${blocking.join('; ')}`);
}

export function placeOfDeclared({ kind, key }: Pick<Declared, 'kind' | 'key'>): string {
  return placeOf(kind, key);
}

async function readOwned(
  api: MonitoringApi,
  { BETTERSTACK_STATUS_PAGE: subdomain }: CommandSettings,
): Promise<{ owned: Owned; slackChannels: number }> {
  const { actuals, slackChannels } = await readExisting(api, subdomain);
  return { owned: sortByOwner(actuals, subdomain), slackChannels };
}

function refused(message: string): DropError {
  return new DropError('invalid_request', { message });
}
