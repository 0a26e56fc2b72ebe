import type { Locale } from '#domain/locale.ts';
import type { NoticeCode, SubjectOf } from '#domain/notice/notices.ts';
import type { Facts } from '../facts.ts';
import { en } from './en.ts';
import { nb } from './nb.ts';

/** What a notice says. `body` is one or two sentences; a mail has the same, and `title` is its subject. */
export interface NoticeText {
  title: string;
  body: string;
}

/** The texts of every notice in one language. */
export type NoticeTexts = {
  [Code in NoticeCode]: (facts: Facts[SubjectOf<Code>]) => NoticeText;
};

/** What stands around the text of every mail. */
export interface MailFrame {
  /** The link to what the mail is about. */
  open: string;
  labels: { amount: string; creditor: string; bank: string; validUntil: string };
  /** Why the customer gets the mail. */
  footer: string;
  /** The same for a mail to an address that may be a stranger's. */
  footerUnverified: string;
  /** Drop never asks for anything secret by mail. */
  warning: string;
}

export const noticeTexts: Record<Locale, { notices: NoticeTexts; mail: MailFrame }> = { nb, en };
