import type { FigurePart, FrontWords } from './contract/front-words.ts';
import { escapeText } from './escape-text.ts';
import { servedMark, servedTick } from './served-drawings.ts';

/**
 * The page that a visitor reads before any script: the words of `web/customer/home/front-page.tsx` in the same places,
 * and its one link, which works. Its look is in `served-front-style.ts`.
 */
export function servedFront(words: FrontWords): string {
  const link = `<a href="/api/auth/bankid?returnTo=/">${escapeText(words.signIn)}</a>`;
  const text = `<h1>${escapeText(words.title)}</h1><p>${escapeText(words.lead)}</p>${link}`;
  const requirement = `<small>${escapeText(words.requirement)}</small>`;
  const hero = `<div class="hero"><section>${text}${requirement}</section>${picture(words.example)}</div>`;
  return `<main>${hero}${points('ol', words.stepsTitle, words.steps)}${points('ul', words.trustTitle, words.trust)}</main>`;
}

function points(list: 'ol' | 'ul', title: string, items: FrontWords['steps']): string {
  const rows = items.map(
    (item) => `<li><h3>${escapeText(item.title)}</h3><p>${escapeText(item.text)}</p></li>`,
  );
  return `<div class="points"><h2>${escapeText(title)}</h2><${list} role="list">${rows.join('')}</${list}></div>`;
}

function picture({ label, status, amount, to, from }: FrontWords['example']): string {
  const lines = [
    `<i>${escapeText(label)}</i>`,
    `<em>${servedTick}${escapeText(status)}</em>`,
    `<b>${amount.map(figure).join('')}</b>`,
    `<strong>${escapeText(to)}</strong>`,
    `<small>${escapeText(from)}</small>`,
  ];
  return `<div class="picture" aria-hidden="true">${servedMark(420)}<div>${lines.join('')}</div></div>`;
}

function figure({ text, kind }: FigurePart): string {
  return kind === 'digits' ? escapeText(text) : `<span class="${kind}">${escapeText(text)}</span>`;
}
