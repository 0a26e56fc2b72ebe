import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { inspectConfig } from '#configuration/config.ts';
import { ManualClock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { mailRecordChecks } from './mail-records.ts';
import { runChecks } from './run-checks.ts';

type Records = Readonly<Record<string, string[]>>;
const domain = 'mail.pay.example';

/** The findings about the sender's domain where DNS holds `records`. */
async function foundIn(records: Records, dkimSelector?: string): Promise<string[]> {
  const environment = { DROP_ENVIRONMENT: 'staging', MAIL_FROM: `Drop <drop@${domain}>` };
  const clock = new ManualClock();
  const parts = {
    environment,
    origin: '',
    providers: [],
    hasLostDatabase: false,
    database: undefined,
    clock,
    entropy: systemEntropy,
  };
  const resolver = {
    async resolveTxt(name: string) {
      const found = records[name];
      if (found?.[0] === 'refused') throw Object.assign(new Error(name), { code: 'ESERVFAIL' });
      if (found === undefined) throw Object.assign(new Error(name), { code: 'ENOTFOUND' });
      return found.map((text) => [text.slice(0, 5), text.slice(5)]);
    },
  };
  const checks = mailRecordChecks({ ...parts, ...inspectConfig(environment) }, { resolver, dkimSelector });
  const findings = await runChecks(checks, { clock });
  return findings.map(({ severity, subject, text }) => `${severity} ${subject.split(' ')[0]}: ${text}`);
}

function keyOf(bits: number): string {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  return publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
}

const dkimName = `s1._domainkey.${domain}`;
const good: Records = {
  [domain]: ['google-site-verification=x', 'v=spf1 include:sendgrid.net -all'],
  [`_dmarc.${domain}`]: ['v=DMARC1; p=reject; rua=mailto:dmarc@pay.example'],
  [`s1._domainkey.${domain}`]: [`v=DKIM1; k=rsa; p=${keyOf(2_048)}`],
};

const short = `v=DKIM1; p=${keyOf(512)}`;
const ed25519 = `v=DKIM1; k=ed25519; p=${randomBytes(32).toString('base64')}`;

test('an Ed25519 key is a key', async () => {
  expect(await foundIn({ ...good, [dkimName]: [ed25519] }, 's1')).toContain(
    'ok DKIM: there is a key under s1',
  );
});

test('records that are in order are well', async () => {
  expect(await foundIn(good, 's1')).toEqual([
    'ok SPF: names the servers that may send',
    'ok DMARC: p=reject',
    'ok DKIM: there is a key under s1',
  ]);
});

test.each<[string, Records, string]>([
  ['a resolver that fails', { [domain]: ['refused'] }, 'warning SPF: DNS does not answer: ESERVFAIL'],
  ['no SPF record', { [domain]: [] }, 'warning SPF: has no SPF record'],
  ['two SPF records', { [domain]: ['v=spf1 -all', 'v=spf1 ~all'] }, 'failed SPF: has several SPF records'],
  ['an SPF record for everybody', { [domain]: ['v=spf1 +all'] }, 'failed SPF: lets every server send'],
  ['an SPF record with a bare all', { [domain]: ['v=spf1 mx all'] }, 'failed SPF: lets every server send'],
  ['an SPF record without an end', { [domain]: ['v=spf1 mx'] }, 'warning SPF: does not say'],
  [
    'an SPF record for every address',
    { [domain]: ['v=spf1 ip4:0.0.0.0/0 -all'] },
    'failed SPF: lets every server send',
  ],
  ['an SPF record for nobody', { [domain]: ['v=spf1 -all'] }, 'warning SPF: lets no server send'],
  ['no DMARC record', { [`_dmarc.${domain}`]: [] }, 'warning DMARC: has no DMARC record'],
  [
    'two DMARC records',
    { [`_dmarc.${domain}`]: ['v=DMARC1; p=none', 'v=DMARC1; p=none'] },
    'failed DMARC: has several',
  ],
  [
    'a DMARC record without a policy',
    { [`_dmarc.${domain}`]: ['v=DMARC1; sp=none'] },
    'failed DMARC: has a DMARC record',
  ],
  [
    'a DMARC record that only watches',
    { [`_dmarc.${domain}`]: ['v=DMARC1; p=none'] },
    'warning DMARC: p=none only',
  ],
  ['no DKIM key', { [`s1._domainkey.${domain}`]: [] }, 'failed DKIM: has no key under s1'],
  [
    'a revoked DKIM key',
    { [`s1._domainkey.${domain}`]: ['v=DKIM1; p='] },
    'failed DKIM: the key under s1 was revoked',
  ],
  [
    'a DKIM key that is none',
    { [dkimName]: ['v=DKIM1; p=MIIB'] },
    'failed DKIM: the key under s1 cannot be read',
  ],
  ['a DKIM key that is too short', { [dkimName]: [short] }, 'failed DKIM: the key under s1 is too short'],
  ['two DKIM keys', { [dkimName]: [ed25519, ed25519] }, 'failed DKIM: has several keys under s1'],
  [
    'a text of another kind in place of a DKIM key',
    { [dkimName]: ['v=spf1 -all; p=x'] },
    'failed DKIM: has no key under s1',
  ],
])('%s is found', async (_fault, change, text) => {
  const found = await foundIn({ ...good, ...change }, 's1');
  expect(found.filter((line) => line.startsWith(text))).toHaveLength(1);
  expect(found.filter((line) => line.startsWith('ok'))).toHaveLength(2);
});

test('a domain without a policy of its own has that of the domain above it', async () => {
  const above = { [`_dmarc.${domain}`]: [], '_dmarc.pay.example': ['v=DMARC1;p=quarantine'] };
  expect(await foundIn({ ...good, ...above }, 's1')).toContain('ok DMARC: p=quarantine');
});

test('a domain that has no record at all is told of each', async () => {
  const missing = await foundIn({}, 's1');
  expect(missing.map((line) => line.split(' ')[0])).toEqual(['warning', 'warning', 'failed']);
});

test('without a selector the DKIM key is not looked for, and the reason is told', async () => {
  expect(await foundIn(good)).toContain(
    'skipped DKIM: DNS does not list selectors: name one with --dkim-selector',
  );
});
