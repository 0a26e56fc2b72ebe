import { describe, expect, test } from 'vitest';
import { locales } from '#domain/locale.ts';
import { notices, type NoticeCode } from '#domain/notice/notices.ts';
import type { Facts, NoticeFacts } from '#usecases/notify/facts.ts';
import { noticeMail } from '#usecases/notify/notice-mail.ts';
import { noticeText } from '#usecases/notify/render.ts';

const codes = Object.keys(notices) as NoticeCode[];
const baseUrl = 'https://getdrop.no';
const at = new Date('2026-11-30T02:05:00Z');

const facts: Facts = {
  payment: {
    paymentId: '0199f7a0-0000-7000-8000-000000000001',
    amount: { amount: 123_450, currency: 'NOK' },
    creditorName: 'Strøm & Søn <AS>',
    bankName: 'DNB',
  },
  connection: {
    connectionId: '0199f7a0-0000-7000-8000-000000000002',
    bankName: 'DNB',
    validUntil: new Date('2026-08-22T10:00:00Z'),
  },
  verification: {},
  device: { sessionId: 's', program: 'Chrome', system: 'Windows' },
  sign_in: {},
  address: { addressId: 'a' },
  data_copy: {},
};

function factsOf(code: NoticeCode): NoticeFacts {
  const { subject } = notices[code];
  return { subject, facts: facts[subject] } as NoticeFacts;
}

/** The text of a page, as a reader of the mail sees it. */
function visible(html: string): string {
  return html
    .replace(/<title>.*?<\/title>/s, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll(/[ \n]+/g, ' ');
}

describe.each(locales)('in %s', (locale) => {
  test.each(codes)('%s has a title and one or two lines', (code) => {
    const { title, body } = noticeText(code, factsOf(code), locale);
    expect(title.length).toBeLessThanOrEqual(78);
    expect(title).not.toMatch(/undefined|null|\.$/);
    expect(body).not.toMatch(/undefined|null|!/);
    expect(body.length).toBeLessThanOrEqual(240);
  });

  test.each(codes)('the mail of %s has the same words, amounts and link in text and HTML', (code) => {
    const mail = noticeMail({ code, facts: factsOf(code), locale, at, baseUrl });
    const shown = visible(mail.html);
    for (const line of mail.text.split('\n').filter((each) => each !== '' && each !== '-- ')) {
      const [label = '', value] = line.split(': ');
      if (value?.startsWith('https://')) expect(mail.html).toContain(`<a href="${value}">${label}</a>`);
      else for (const part of value === undefined ? [line] : [label, value]) expect(shown).toContain(part);
    }
  });

  test('a new device is named by what is known of it', () => {
    const nameIn = (program: string | null, system: string | null): string | undefined => {
      const device: NoticeFacts = { subject: 'device', facts: { sessionId: 's', program, system } };
      return /\((.*)\)/.exec(noticeText('new_device', device, locale).body)?.[1];
    };
    const [app, on] = { nb: ['Drop-appen', 'på'], en: ['the Drop app', 'on'] }[locale];
    expect(nameIn('app', 'iPhone')).toBe(`${app} ${on} iPhone`);
    expect(nameIn('Firefox', null)).toBe('Firefox');
    expect(nameIn(null, null)).toBeUndefined();
  });

  test.each(['new_device', 'sign_in_refused'] as const)('the mail of %s says when it happened', (code) => {
    const { text } = noticeMail({ code, facts: factsOf(code), locale, at, baseUrl });
    expect(text).toContain(
      { nb: 'Tidspunkt: 30.11.2026 kl.\u00a003.05', en: 'Time: 30 Nov 2026, 03:05' }[locale],
    );
  });

  test('the link that verifies an address says so, and a stranger may ignore the mail', () => {
    const code = 'address_verification';
    const path = '/confirm-email#token=t';
    const { text } = noticeMail({ code, facts: factsOf(code), locale, at, baseUrl, path });
    const [link, ignore] = {
      nb: ['Bekreft adressen', 'kan du se bort fra denne e-posten'],
      en: ['Confirm the address', 'you can ignore this e-mail'],
    }[locale];
    expect(text).toContain(`${link}: ${baseUrl}${path}`);
    expect(text).toContain(ignore);
    expect(text, 'the owner of the address may not use Drop').not.toMatch(/du bruker Drop|you use Drop/);
  });

  test('an inbox shows the text beside the subject, and not the subject again', () => {
    const { html, subject } = noticeMail({
      code: 'consent_expired',
      facts: factsOf('consent_expired'),
      locale,
      at,
      baseUrl,
    });
    const { body } = noticeText('consent_expired', factsOf('consent_expired'), locale);
    const shown = visible(html.slice(html.indexOf('<body'))).trim();
    expect(shown.startsWith(body)).toBe(true);
    expect(shown).toContain(subject);
  });

  test('the mail loads nothing and tells no server that it was opened', () => {
    const { html } = noticeMail({
      code: 'payment_settled',
      facts: factsOf('payment_settled'),
      locale,
      at,
      baseUrl,
    });
    expect(html).not.toMatch(/<img|<link|<script|url\(|src=/);
    expect([...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href)).toEqual([
      'https://getdrop.no/payments/0199f7a0-0000-7000-8000-000000000001',
    ]);
  });
});
