import { formats } from '#domain/formats.ts';
import type { Locale } from '#domain/locale.ts';
import type { NoticeCode } from '#domain/notice/notices.ts';
import type { Mail } from '#services/email/service.ts';
import type { NoticeFacts } from './facts.ts';
import { mailHtml, mailText, type MailContent } from './mail-layout.ts';
import { noticePath, noticeText } from './render.ts';
import { noticeTexts } from './texts/texts.ts';

export interface NoticeMail {
  code: NoticeCode;
  facts: NoticeFacts;
  locale: Locale;
  /** When it happened, which a mail that was tried again does not show. */
  at: Date;
  /** Where the web app is, without the path. */
  baseUrl: string;
  /** The path of the link, where it is not that of the screen about the notice. */
  path?: string | undefined;
}

/** The mail of a notice, but for its id and address. */
export function noticeMail(notice: NoticeMail): Pick<Mail, 'subject' | 'text' | 'html' | 'locale'> {
  const { locale } = notice;
  const content = contentOf(notice);
  return {
    subject: content.title,
    text: mailText(content),
    html: mailHtml(content, locale),
    locale,
  };
}

function contentOf({ code, facts, locale, at, baseUrl, path }: NoticeMail): MailContent {
  const { title, body } = noticeText(code, facts, locale);
  const { open, confirm, footer, addressFooter, warning } = noticeTexts[locale].mail;
  const label = code === 'address_verification' ? confirm : open;
  return {
    title,
    paragraphs: [body],
    facts: factRows(facts, locale, at),
    link: { label, url: new URL(path ?? noticePath(facts), baseUrl).href },
    closing: [facts.subject === 'address' ? addressFooter : footer, warning],
  };
}

function factRows({ subject, facts }: NoticeFacts, locale: Locale, at: Date): MailContent['facts'] {
  const { labels } = noticeTexts[locale].mail;
  const { money, date, dateTime } = formats[locale];
  switch (subject) {
    case 'payment':
      return [
        { label: labels.amount, value: money(facts.amount) },
        { label: labels.creditor, value: facts.creditorName },
        { label: labels.bank, value: facts.bankName },
      ];
    case 'connection': {
      const { bankName, validUntil } = facts;
      const until = validUntil && { label: labels.validUntil, value: date(validUntil.toISOString()) };
      return [{ label: labels.bank, value: bankName }, ...(until ? [until] : [])];
    }
    case 'device':
    case 'sign_in':
      return [{ label: labels.at, value: dateTime(at.toISOString()) }];
    case 'verification':
    case 'address':
    case 'data_copy':
      return [];
  }
}
