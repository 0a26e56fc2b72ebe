import type { CheckVerdict } from '#services/definition.ts';
import { readDkimKey } from './dkim-key.ts';
import { checkOf, failed, ok, skipped, warning, type Check } from './finding.ts';
import { isAtFault, type Patient } from './patient.ts';

const area = 'mail';

/** Asks DNS. Node's resolver is one. */
export interface TextResolver {
  /** The `TXT` records of a name, each in its parts. Rejects with Node's error, such as `ENOTFOUND`. */
  resolveTxt(name: string): Promise<string[][]>;
}

export interface MailRecordOptions {
  resolver: TextResolver;
  /** The selector under which the mail provider publishes its key; DNS does not list selectors. */
  dkimSelector: string | undefined;
}

/** The records by which mailboxes recognise mail of Drop's domain. */
export function mailRecordChecks(patient: Patient, options: MailRecordOptions): Check[] {
  const { config } = patient;
  if (config.DROP_ENVIRONMENT === 'sandbox' || config.NEXT_PUBLIC_SERVICE_MODE === 'mock')
    return [skipped(area, 'DNS', 'the mail of the sandbox and of mocks leaves no machine')];
  const domain = config.MAIL_FROM?.domain;
  if (domain === undefined) {
    const isFault = isAtFault(patient, ['MAIL_FROM']);
    return [skipped(area, 'DNS', isFault ? 'MAIL_FROM is at fault' : 'MAIL_FROM is not set')];
  }
  const { resolver, dkimSelector } = options;
  const read = (name: string): Promise<string[]> => recordsAt(resolver, name);
  const check = (kind: string, work: () => Promise<CheckVerdict>): Check =>
    checkOf(area, `${kind} of ${domain}`, async () => work().catch(unanswered));
  return [
    check('SPF', async () => judgeSpf(await read(domain))),
    check('DMARC', async () => judgeDmarc(await policyOf(domain, read))),
    dkimSelector === undefined
      ? skipped(area, `DKIM of ${domain}`, selectorMissing)
      : check('DKIM', async () =>
          judgeDkim(await read(`${dkimSelector}._domainkey.${domain}`), dkimSelector),
        ),
  ];
}

const selectorMissing = 'DNS does not list selectors: name one with --dkim-selector';

/** The mail may be well: this machine may not be allowed to ask. */
function unanswered(error: unknown): CheckVerdict {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'no code';
  return warning(
    `DNS does not answer: ${code}`,
    'check the resolver of this machine, or ask from another one',
  );
}

type Read = (name: string) => Promise<string[]>;

const absent = new Set(['ENOTFOUND', 'ENODATA']);

async function recordsAt(resolver: TextResolver, name: string): Promise<string[]> {
  try {
    return (await resolver.resolveTxt(name)).map((parts) => parts.join(''));
  } catch (error) {
    if (error instanceof Error && 'code' in error && absent.has(String(error.code))) return [];
    throw error;
  }
}

/** RFC 7208: one record, which begins with `v=spf1` and a space or nothing, and says what holds for all others. */
function judgeSpf(records: readonly string[]): CheckVerdict {
  const [policy, ...others] = records.filter((record) => /^v=spf1(\s|$)/i.test(record));
  if (policy === undefined) {
    const advice = 'publish one, unless the mail provider uses an envelope domain of its own (docs/mail.md)';
    return warning('has no SPF record', advice);
  }
  if (others.length > 0)
    return failed(
      'has several SPF records, so that none counts',
      'put them together into one (RFC 7208, 4.5)',
    );
  if (/\s\+?(?:all\b|ip4:0(?:\.0){3}\/0|ip6:::\/0)/i.test(policy))
    return failed(
      'lets every server send',
      'name the servers of the mail provider, and end with -all or ~all',
    );
  if (/^v=spf1\s+[-~?]all\s*$/i.test(policy))
    return warning(
      'lets no server send',
      'name the servers of the mail provider, unless it uses a domain of its own',
    );
  if (/\s[-~]all\b|\sredirect=/i.test(policy)) return ok('names the servers that may send');
  return warning('does not say what holds for other servers', 'end the record with -all or ~all');
}

/** RFC 7489, 6.6.3: the domain's own record, or else that of a domain above it. */
async function policyOf(domain: string, read: Read): Promise<string[]> {
  const labels = domain.split('.');
  const names = labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'));
  for (const name of names) {
    const found = (await read(`_dmarc.${name}`)).filter((record) => /^v=DMARC1\s*(;|$)/i.test(record));
    if (found.length > 0) return found;
  }
  return [];
}

function judgeDmarc([record, ...others]: readonly string[]): CheckVerdict {
  const advice = 'publish "v=DMARC1; p=none; rua=mailto:…" at _dmarc, read the reports, then be stricter';
  if (record === undefined) return warning('has no DMARC record: large mailboxes refuse the mail', advice);
  if (others.length > 0) return failed('has several DMARC records, so that none counts', 'leave one');
  const policy = /;\s*p\s*=\s*(none|quarantine|reject)\s*(;|$)/i.exec(record)?.[1]?.toLowerCase();
  if (policy === undefined) return failed('has a DMARC record without a policy', advice);
  if (policy === 'none')
    return warning('p=none only watches', 'read the reports, then use p=quarantine (docs/mail.md)');
  return ok(`p=${policy}`);
}

/** A wildcard or a parked domain answers with texts that are no keys. */
function judgeDkim(records: readonly string[], selector: string): CheckVerdict {
  const keys = records.flatMap((record) => readDkimKey(record) ?? []);
  const published = 'publish the record that the mail provider shows (docs/mail.md)';
  if (keys.length === 0) return failed(`has no key under ${selector}`, published);
  const usable = keys.filter((key) => key.kind === 'usable');
  if (usable.length > 1)
    return failed(`has several keys under ${selector}, so that none counts`, 'leave one');
  if (usable.length === 1) return ok(`there is a key under ${selector}`);
  if (keys.every(({ kind }) => kind === 'revoked'))
    return failed(`the key under ${selector} was revoked`, 'publish the next key of the mail provider');
  const isShort = keys.some(({ kind }) => kind === 'short');
  return failed(
    `the key under ${selector} ${isShort ? 'is too short to count' : 'cannot be read'}`,
    published,
  );
}
