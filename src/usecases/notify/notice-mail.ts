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

function contentOf({ code, facts, locale, baseUrl, path }: NoticeMail): MailContent {
  const { title, body } = noticeText(code, facts, locale);
  const { open, footer, footerUnverified, warning } = noticeTexts[locale].mail;
  return {
    title,
    paragraphs: [body],
    facts: factRows(facts, locale),
    link: { label: open, url: new URL(path ?? noticePath(facts), baseUrl).href },
    closing: [code === 'address_verification' ? footerUnverified : footer, warning],
  };
}

function factRows({ subject, facts }: NoticeFacts, locale: Locale): MailContent['facts'] {
  const { labels } = noticeTexts[locale].mail;
  const { money, date } = formats[locale];
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
    case 'verification':
    case 'device':
    case 'sign_in':
    case 'address':
      return [];
  }
}
