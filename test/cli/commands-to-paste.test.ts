import { readdirSync, readFileSync } from 'node:fs';
import { CommanderError, type Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { createProgram } from '#cli/program.ts';
import { nodesOf } from '#cli/tree.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { alertKinds, type AlertKey, type AlertParameters } from '#usecases/alerts/kinds.ts';
import { alertOf } from '#usecases/alerts/text.ts';

const id = '0198c6f2-0000-7000-8000-000000000000';
const [provider = ''] = openBankingProviders.map((definition) => definition.id);
const ended = { minutes: 12, gathered: { errors: 3, groups: [7] } };
const counts = {
  errors: 6,
  seconds: 60,
  customers: 1,
  causes: [{ code: 'bank_unavailable', provider, errors: 6 }],
};
const notCalled = { provider, codes: [{ code: '503', count: 5 }], payments: 1, customers: 1 };
const atBank = { provider, bank: 'DNB', payments: 1, customers: 1, ids: [id] };
const contradiction = {
  paymentId: id,
  provider,
  bank: 'DNB',
  heldStatus: 'settled',
  wireStatus: 'RJCT',
  differences: ['amount'],
};
const certificate = { provider, variable: 'X_TLS_CERTIFICATE', days: 6, endsOn: '2026-12-06' };
const overdue = { ...atBank, oldestMinutes: 90, usualMinutes: 60 };
const refusals = { provider: 'sumsub', refused: 12, accepted: 0, windowMinutes: 10 };
const closings = { step: 'consents', closings: 1, ids: [id], oldestMinutes: 2_000 } as const;

/** An alert of each kind that is raised once, as it arrives. */
const samples: { [Key in Exclude<AlertKey, `${string}_over`>]: AlertParameters<Key> } = {
  started: { version: '1.4.0', address: 'https://drop.example' },
  shutting_down: { signal: 'SIGTERM' },
  start_failed: { reason: 'DATABASE_URL: connection refused' },
  unhandled_exception: { error: 'TypeError: x is undefined' },
  error_logged: {
    id: 7,
    news: 'new',
    title: 'a job failed',
    error: 'TypeError',
    place: 'run',
    release: '1.4.0',
  },
  error_spike: counts,
  webhook_given_up: { provider: 'sumsub', eventType: 'applicantReviewed', error: 'timeout' },
  customer_rejected: { userId: id },
  approval_lost: { userId: id, status: 'pending' },
  verification_level_changed: { customers: 2, levelName: 'basic' },
  applicant_hidden: { userId: id },
  identity_conflict: { reason: 'another subject', userIds: [id] },
  national_number_changed: { userId: id },
  hash_key_missing: { keyId: 'old', users: 3 },
  encryption_key_missing: { missing: [{ keyId: 'old', where: 'provider_secrets.text', texts: 3 }] },
  routing_stopped: { provider, fault: 'provider_invalid_response' },
  redirect_not_allowed: { provider, paymentId: id },
  another_order: contradiction,
  final_status_contradicted: contradiction,
  provider_not_called: notCalled,
  bank_not_called: { ...notCalled, bank: 'Sparebank 1 "Østlandet"' },
  payment_outcome_unknown: atBank,
  payment_overdue: overdue,
  webhooks_refused: refusals,
  mail_given_up: { code: 'payment_settled', reason: '554' },
  mails_not_accepted: { mails: 2, oldestMinutes: 20, reason: '451' },
  mail_server_unusable: { server: 'primary', reason: '535' },
  closing_stalled: closings,
  work_stalled: { work: [{ name: 'watch-mails', minutes: 12 }] },
  certificate_expires: certificate,
  certificate_ends: certificate,
  audit_broken: { day: '2026-11-29', findings: 1, first: 'file_differs' },
  database_down: {},
};

const alerts = Object.entries(samples).map(([key, parameters]) => [key as AlertKey, parameters] as const);

/** The alert, and the notice that its condition is over where it has one. */
function textsOf(key: AlertKey, parameters: object): string[] {
  const over = `${key}_over` as AlertKey;
  const notices = over in alertKinds ? [alertOf(over, { ...parameters, ...ended })] : [];
  return [alertOf(key, parameters as never), ...notices].map(({ message }) => message);
}

const quoted = /"npx drop ((?:[^"']|'[^']*')+)"/g;
const inPages = /`npx drop ([^`]+)`|^ *npx drop (.+)$/gm;

/** The words of a line as a shell takes them, with a value in the place of each `<name>`. */
function wordsOf(line: string, value: string): string[] {
  const [alone = ''] = line.replaceAll(/\s+/g, ' ').split(/ \| | && | > /);
  const words = alone.matchAll(/"((?:\\.|[^"\\])*)"|'([^']*)'|(<[^>]+>|[^\s"']+)/g);
  return [...words].map(([, double, single, bare]) => {
    const word = double ?? single ?? bare ?? '';
    return /^<.+>$/.test(word) ? value : word;
  });
}

/** What the program says of a line that it would not carry out; undefined where it would. */
async function refusalOf(line: string): Promise<string | undefined> {
  // An id is a UUID, or a number.
  const refusals = await Promise.all([id, '4711'].map((value) => refusalOfWords(wordsOf(line, value))));
  return refusals.includes(undefined) ? undefined : `npx drop ${line}: ${refusals[0]}`;
}

async function refusalOfWords(words: readonly string[]): Promise<string | undefined> {
  const program = createProgram();
  for (const { command } of nodesOf(program)) silence(command);
  try {
    await program.parseAsync(words, { from: 'user' });
    return undefined;
  } catch (error) {
    const isHelp = error instanceof CommanderError && error.exitCode === 0;
    return isHelp ? undefined : String(error);
  }
}

/** A command that reads its line and does nothing. A command with others below it only names them. */
function silence(command: Command): void {
  command.configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
  if (command.commands.length === 0) command.action(() => undefined);
}

async function refusalsOf(lines: readonly string[]): Promise<string[]> {
  const refusals = await Promise.all(lines.map(refusalOf));
  return refusals.filter((refusal) => refusal !== undefined);
}

const folder = 'docs/runbook/';
const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.md'),
);

describe('what an alert says to paste', () => {
  test.each(alerts)('the program takes the commands of %s as they stand', async (key, parameters) => {
    const texts = textsOf(key, parameters);
    const lines = texts.flatMap((text) => [...text.matchAll(quoted)].map(([, line = '']) => line));
    expect(texts.join('').split('npx drop').length - 1).toBe(lines.length);
    expect(await refusalsOf(lines)).toEqual([]);
  });

  test.each(alerts)(
    '%s leads to a page with something to look at, and which says what to do',
    (key, parameters) => {
      for (const text of textsOf(key, parameters)) {
        const [, path = ''] = /Runbook: (\S+)$/.exec(text) ?? [];
        const [, look = ''] = readFileSync(path, 'utf8').split('\n## What to look at\n');
        const [shown = '', act = ''] = look.split('\n## What to do\n');
        expect(shown, path).toMatch(/npx drop /);
        expect(act.trim(), path).not.toBe('');
      }
    },
  );
});

describe('what a page of the runbook says to paste', () => {
  test.each(pages)('the program takes the commands of %s', async (name) => {
    const text = readFileSync(`${folder}${name}`, 'utf8');
    const lines = [...text.matchAll(inPages)].map(([, inline, block]) => inline ?? block ?? '');
    const whole = lines.filter((line) => !/^\w+( \w+)?$/.test(line.trim()));
    expect(await refusalsOf(whole)).toEqual([]);
  });
});

describe('the check of what is pasted', () => {
  test.each([
    ['an option that there is not', 'calls list --provder sumsub'],
    ['a value that there is not', 'webhooks list --status gone'],
    ['an age that cannot be read', 'calls list --since yesterday'],
    ['a reason that is missing', 'payments show <id>'],
    ['an argument that is missing', 'errors show'],
    ['a command that there is not', 'calls lst'],
  ])('finds %s', async (_what, line) => {
    expect(await refusalOf(line)).toBeDefined();
  });
});
