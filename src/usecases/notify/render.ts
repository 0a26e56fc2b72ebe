import type { Locale } from '#domain/locale.ts';
import type { NoticeCode, SubjectOf } from '#domain/notice/notices.ts';
import type { Facts, NoticeFacts } from './facts.ts';
import { noticeTexts, type NoticeText } from './texts/texts.ts';

/** The text of a notice. `facts` were read for a notice of the same code. */
export function noticeText(code: NoticeCode, { facts }: NoticeFacts, locale: Locale): NoticeText {
  // The compiler does not see that code and facts belong together.
  const text = noticeTexts[locale].notices[code] as (facts: Facts[SubjectOf<NoticeCode>]) => NoticeText;
  return text(facts);
}

/** The path of the screen that shows what a notice is about. */
export function noticePath({ subject, facts }: NoticeFacts): string {
  switch (subject) {
    case 'payment':
      return `/payments/${facts.paymentId}`;
    case 'connection':
      return '/consents';
    case 'verification':
      return '/verify';
    case 'device':
    case 'sign_in':
      return '/devices';
    case 'address':
      return '/settings';
    case 'data_copy':
      return '/privacy';
  }
}
