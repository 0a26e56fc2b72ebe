import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { Locale } from '#domain/locale.ts';

/** The content of a mail, from which its text and its HTML are made. */
export interface MailContent {
  title: string;
  paragraphs: readonly string[];
  /** Facts such as amounts, each with its label. */
  facts: readonly { label: string; value: string }[];
  /** Absolute addresses. */
  link: { label: string; url: string } | undefined;
  /** Why the customer gets the mail, and what Drop never does. */
  closing: readonly string[];
}

/** The mail as plain text. */
export function mailText({ title, paragraphs, facts, link, closing }: MailContent): string {
  const blocks = [
    title,
    ...paragraphs,
    facts.map(({ label, value }) => `${label}: ${value}`).join('\n'),
    link ? `${link.label}: ${link.url}` : '',
    `-- \n${closing.join('\n')}`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

const font = 'font-family: system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif';

/** The mail as HTML. It loads nothing, so that opening the mail tells no server. */
export function mailHtml(content: MailContent, locale: Locale): string {
  const { title, paragraphs, facts, link, closing } = content;
  const page = html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
      </head>
      <body
        style="margin: 0; padding: 24px; ${font}; font-size: 16px; line-height: 1.5; overflow-wrap: anywhere"
      >
        <div style="max-width: 560px; margin: 0 auto">
          <p style="font-weight: 600">Drop</p>
          <h1 style="font-size: 22px; line-height: 1.3">${title}</h1>
          ${paragraphs.map((paragraph) => html`<p>${paragraph}</p>`)} ${factList(facts)}
          ${link ? html`<p><a href="${link.url}">${link.label}</a></p>` : ''}
          <hr />
          ${closing.map((line) => html`<p style="font-size: 14px">${line}</p>`)}
        </div>
      </body>
    </html>`;
  // Nothing in it is awaited.
  return (page as HtmlEscapedString).toString();
}

function factList(facts: MailContent['facts']): unknown {
  if (facts.length === 0) return '';
  return html`<table style="border-collapse: collapse">
    ${facts.map(
      ({ label, value }) =>
        html`<tr>
          <th scope="row" style="text-align: left; font-weight: 400; padding: 4px 16px 4px 0">${label}</th>
          <td style="padding: 4px 0; font-weight: 600">${value}</td>
        </tr>`,
    )}
  </table>`;
}
