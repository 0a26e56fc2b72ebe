import { html, raw } from 'hono/html';
import type { Locale } from '#domain/locale.ts';
import { aboutPath, sandboxPage, type Html } from '#emulation/page.ts';

export interface ChannelMessage {
  /** As received, in mrkdwn. */
  text: string;
  receivedAt: string;
}

const style = `
[role=log] ul { list-style: none; margin: 0; padding: 0; }
[role=log] li { border: 1px solid #8a8577; border-radius: 8px; padding: .75rem 1rem; margin: .5rem 0; }
[role=log] li { overflow-wrap: anywhere; }
[role=log] p { margin: 0; white-space: pre-line; }
mark { background: #ffd84d; padding: 0 .25rem; }
`;

/** Appends each message as it arrives. */
const script = `
const channel = document.querySelector('[role=log] ul');
new EventSource('events').onmessage = (event) => {
  document.querySelector('[data-empty]')?.remove();
  channel.insertAdjacentHTML('beforeend', JSON.parse(event.data));
  channel.lastElementChild.scrollIntoView({ block: 'nearest' });
};
`;

const texts = {
  nb: {
    what: 'Lokal etterligning av en Slack-kanal. Varsler fra Drop dukker opp her.',
    about: 'Om etterligningen',
    alerts: 'Varsler',
    empty: 'Ingen varsler ennå.',
  },
  en: {
    what: 'A local emulator of a channel in Slack. Alerts from Drop appear here.',
    about: 'About the emulator',
    alerts: 'Alerts',
    empty: 'No alerts yet.',
  },
} as const;

/** The channel as operators see it, with the newest message last. */
export function channelPage(messages: readonly ChannelMessage[], language: Locale): Html {
  const words = texts[language];
  const empty = html`<p class="note" data-empty>${words.empty}</p>`;
  return sandboxPage(
    '#drop-ops',
    html`<h1>#drop-ops</h1>
      <p class="note">${words.what} <a href="${aboutPath}">${words.about}</a></p>
      ${messages.length === 0 ? empty : ''}
      <div role="log" aria-label="${words.alerts}">
        <ul role="list">
          ${messages.map(messageItem)}
        </ul>
      </div>
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

export function messageItem(message: ChannelMessage): Html {
  return html`<li>
    <p>${spans(message.text)}</p>
    <small><time datetime="${message.receivedAt}">${clockTime(message.receivedAt)}</time></small>
  </li>`;
}

/** By the clock in Norway, as `14:05:09`. */
function clockTime(at: string): string {
  return new Date(at).toLocaleTimeString('en-GB', { timeZone: 'Europe/Oslo' });
}

/** Highlights control sequences such as `<!channel>`, because Slack acts on them. */
function spans(text: string): Html[] {
  return text
    .split(/(<[^<>]+>)/)
    .map((part) => (part.startsWith('<') ? html`<mark>${part}</mark>` : html`${unescaped(part)}`));
}

function unescaped(mrkdwn: string): string {
  return mrkdwn.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** The title of an alert, or the first line where there is none, without the control sequences. */
export function headlineOf(text: string): string {
  const first = /^Title: (.+)$/m.exec(text)?.[1] ?? text.split('\n')[0] ?? '';
  return unescaped(first.replaceAll(/<[^<>]+>/g, '').replaceAll('*', '')).trim();
}
