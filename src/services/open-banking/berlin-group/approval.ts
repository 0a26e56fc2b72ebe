import { noStep, redirectTo, type NextStep } from '#domain/banking/next-step.ts';
import { DropError } from '#domain/errors.ts';
import type { BankCalls } from './bank-calls.ts';
import type { DirectBank } from './banks.ts';
import type { Subject } from './errors.ts';
import { pathOfLink, type Links } from './links.ts';
import { startedAuthorisationSchema, type ScaStatusWord } from './wire.ts';

/** No bank says how often it may be asked about a decoupled approval. */
const askAgainMs = 2_000;

/** What an answer says of how the customer approves. */
export interface Approval {
  scaStatus?: ScaStatusWord | undefined;
  psuMessage?: string | null | undefined;
  _links: Links;
  /** The response header `ASPSP-SCA-Approach`. */
  approach: string | undefined;
}

/** A way to approve, as the answer names it; `start` asks for one by a further call. */
export type Way =
  | { kind: 'step'; next: NextStep }
  | { kind: 'start'; link: string }
  | { kind: 'refused'; name: 'embedded' | 'OAuth' };

const startLinks = ['startAuthorisation', 'startAuthorisationWithPsuIdentification'];
const embeddedLinks = [
  ...['startAuthorisationWithPsuAuthentication', 'startAuthorisationWithEncryptedPsuAuthentication'],
  ...[
    'startAuthorisationWithAuthenticationMethodSelection',
    'startAuthorisationWithTransactionAuthorisation',
  ],
  ...['updatePsuAuthentication', 'updateEncryptedPsuAuthentication', 'selectAuthenticationMethod'],
  ...['authoriseTransaction', 'updatePsuIdentification', 'updateProprietaryData'],
];

/**
 * The way to approve that an answer names (Implementation Guidelines, section 5.1): the bank's page, its app, none
 * where the bank exempts, or a call that starts it. Embedded SCA would take the customer's credentials through Drop,
 * and OAuth needs an agreement with the bank: both are refused by name.
 */
export function wayOf({ scaStatus, psuMessage, _links, approach }: Approval): Way {
  const { scaRedirect } = _links;
  if (scaRedirect !== undefined) return { kind: 'step', next: redirectTo(scaRedirect) };
  if (scaStatus === 'exempted' || scaStatus === 'finalised') return { kind: 'step', next: noStep };
  const start = startLinks.find((name) => _links[name] !== undefined);
  if (start !== undefined) return { kind: 'start', link: _links[start] ?? '' };
  if (approach === 'EMBEDDED' || embeddedLinks.some((name) => _links[name] !== undefined))
    return { kind: 'refused', name: 'embedded' };
  if (_links['scaOAuth'] !== undefined) return { kind: 'refused', name: 'OAuth' };
  const isDecoupled = approach === 'DECOUPLED' || typeof psuMessage === 'string';
  return { kind: 'step', next: isDecoupled ? decoupled(psuMessage) : noStep };
}

export function decoupled(message: string | null | undefined): NextStep {
  return { kind: 'decoupled', message: message ?? undefined, askAgainMs };
}

/** What a started approval needs: where it starts, and the headers with which it is asked for. */
export interface StartOfApproval {
  bank: DirectBank;
  base: string;
  subject: Subject;
  headers: Readonly<Record<string, string>>;
}

/** The customer's step, with the links that the last answer about it gave. */
export interface FoundApproval {
  next: NextStep;
  message: string | undefined;
  links: Links;
}

/**
 * Finds the customer's step: in the answer, or by one further call where the answer only says how to start.
 *
 * @throws {DropError} `consent_failed` or `payment_refused_by_bank` for a way that Drop does not take; what the call
 * throws.
 */
export async function findApproval(
  client: BankCalls,
  answer: Approval,
  of: StartOfApproval,
): Promise<FoundApproval> {
  const way = wayOf(answer);
  switch (way.kind) {
    case 'step':
      return { next: way.next, message: answer.psuMessage ?? undefined, links: answer._links };
    case 'refused':
      throw refusedByName(way.name, of.subject);
    case 'start':
      return startedApproval(client, pathOfLink(way.link, of.base), of);
  }
}

async function startedApproval(
  client: BankCalls,
  link: string,
  { bank, base, subject, headers }: StartOfApproval,
): Promise<FoundApproval> {
  // Started twice, one of the two is never approved and runs out.
  const of = { operation: 'start_authorisation', method: 'POST', repeatable: true, json: {} } as const;
  const { body, approach } = await client.call(
    { ...of, bank, subject, link, headers },
    startedAuthorisationSchema,
  );
  const links = Object.fromEntries(
    Object.entries(body._links).filter(([name]) => !startLinks.includes(name)),
  );
  return findApproval(client, { ...body, _links: links, approach }, { bank, base, subject, headers });
}

function refusedByName(name: string, subject: Subject): DropError {
  return new DropError(subject === 'payment' ? 'payment_refused_by_bank' : 'consent_failed', {
    message: `the bank wants ${name} approval, which Drop does not take part in`,
    outcome: 'refused',
    provider: 'berlin-group',
  });
}
