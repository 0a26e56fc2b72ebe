import { html, raw } from 'hono/html';
import type { Locale } from '#domain/locale.ts';
import { aboutPath, sandboxPage, type Html } from '#emulation/page.ts';
import type { StoredMail } from './mailbox.ts';

const style = `
ul.mails { list-style: none; margin: 0; padding: 0; }
ul.mails li { border: 1px solid #8a8577; border-radius: 8px; padding: .75rem 1rem; margin: .5rem 0; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid #8a8577; padding: .75rem; }
iframe { width: 100%; height: 24rem; border: 1px solid #8a8577; background: #fff; }
td, th { text-align: left; padding: .25rem .75rem .25rem 0; vertical-align: top; }
td:last-child { overflow-wrap: anywhere; }
`;

/** Loads the page again when a mail was offered to a server. */
const script = `new EventSource('/events').onmessage = () => location.reload()`;

/** Links of a mail open in a window of their own, outside of the frame and its restrictions. */
const frame = 'allow-popups allow-popups-to-escape-sandbox';

/** No script, no request, and only this page may frame it. */
export const htmlPolicy =
  `default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox ${frame}; ` +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

const texts = {
  nb: {
    title: 'E-post',
    what: 'Lokale e-postservere. Alt Drop sender, havner her, og ingenting leveres videre.',
    about: 'Om etterligningen',
    empty: 'Ingen e-post ennå.',
    refused: 'Ikke mottatt',
    copies: (count: number) => `mottatt ${count} ganger`,
    text: 'Tekst',
    source: 'Kilde',
    all: 'Alle e-poster',
    to: 'Til',
    attempts: 'Forsøk',
    time: 'Tid',
    reply: 'Svar',
  },
  en: {
    title: 'Email',
    what: 'Local mail servers. All that Drop sends ends up here, and nothing is passed on.',
    about: 'About the emulator',
    empty: 'No emails yet.',
    refused: 'Not accepted',
    copies: (count: number) => `accepted ${count} times`,
    text: 'Text',
    source: 'Source',
    all: 'All emails',
    to: 'To',
    attempts: 'Attempts',
    time: 'Time',
    reply: 'Reply',
  },
} as const;
type Words = (typeof texts)[Locale];

/** All mails, by recipient, the newest first. */
export function inboxPage(mails: readonly StoredMail[], language: Locale): Html {
  const words = texts[language];
  const byRecipient = Map.groupBy(mails.toReversed(), ({ to }) => to);
  const empty = html`<p class="note">${words.empty}</p>`;
  return page(
    language,
    words.title,
    html`<h1>${words.title}</h1>
      <p class="note">${words.what} <a href="${aboutPath}">${words.about}</a></p>
      ${mails.length === 0 ? empty : ''}
      ${[...byRecipient].map(
        ([to, own]) =>
          html`<h2>${to}</h2>
            <ul class="mails">
              ${own.map((mail) => inboxItem(mail, words))}
            </ul>`,
      )}`,
  );
}

function inboxItem({ id, received, copies, attempts }: StoredMail, words: Words): Html {
  const last = attempts.at(-1);
  return html`<li>
    <a href="/mails/${id}">${received?.subject ?? words.refused}</a>
    <br /><small
      >${last && timeOf(last.at)} · ${last?.server}:
      ${last?.reply}${copies > 1 ? ` · ${words.copies(copies)}` : ''}</small
    >
  </li>`;
}

/** One mail: its text, its HTML in a frame without scripts, and every attempt with the reply. */
export function mailPage({ id, to, received, attempts }: StoredMail, language: Locale): Html {
  const words = texts[language];
  const title = received?.subject ?? words.refused;
  const content = received
    ? html`<h2>${words.text}</h2>
        <pre>${linked(received.text)}</pre>
        <h2>HTML</h2>
        <iframe title="HTML" sandbox="${frame}" src="/mails/${id}/html"></iframe>
        <p><a href="/mails/${id}/source">${words.source}</a></p>`
    : '';
  return page(
    language,
    title,
    html`<p><a href="/">${words.all}</a></p>
      <h1>${title}</h1>
      <p class="note">${words.to} ${to}</p>
      ${content}
      <h2>${words.attempts}</h2>
      <table>
        <tr>
          <th>${words.time}</th>
          <th>Server</th>
          <th>${words.reply}</th>
        </tr>
        ${attempts.map(
          ({ at, server, reply }) =>
            html`<tr>
              <td>${timeOf(at)}</td>
              <td>${server}</td>
              <td>${reply}</td>
            </tr>`,
        )}
      </table>`,
  );
}

function page(language: Locale, title: string, body: Html): Html {
  return sandboxPage(
    title,
    html`${body}
      <script>
        ${raw(script)};
      </script>`,
    {
      language,
      head: html`<style>
        ${raw(style)}
      </style>`,
    },
  );
}

/** The time of day by the clock in Norway. */
function timeOf(at: string): Html {
  const shown = new Date(at).toLocaleTimeString('nb-NO', { timeZone: 'Europe/Oslo' });
  return html`<time datetime="${at}">${shown}</time>`;
}

/** A text whose addresses are links. */
function linked(text: string): Html[] {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, index) => (index % 2 === 1 ? html`<a href="${part}">${part}</a>` : html`${part}`));
}
