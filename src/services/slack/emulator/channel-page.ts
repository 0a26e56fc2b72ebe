import { html, raw } from 'hono/html';
import { sandboxPage, type Html } from '#emulation/page.ts';

export interface ChannelMessage {
  /** As received, in mrkdwn. */
  text: string;
  receivedAt: string;
}

const style = `
[role=log] { list-style: none; margin: 0; padding: 0; }
[role=log] li { border: 1px solid #8a8577; border-radius: 8px; padding: .75rem 1rem; margin: .5rem 0; }
[role=log] li { overflow-wrap: anywhere; }
[role=log] p { margin: 0; white-space: pre-line; }
mark { background: #ffd84d; padding: 0 .25rem; }
`;

/** Appends each message as it arrives. */
const script = `
const channel = document.querySelector('[role=log]');
new EventSource('events').onmessage = (event) => {
  document.querySelector('[data-empty]')?.remove();
  channel.insertAdjacentHTML('beforeend', JSON.parse(event.data));
  channel.lastElementChild.scrollIntoView({ block: 'nearest' });
};
`;

/** The channel as operators see it, with the newest message last. */
export function channelPage(messages: readonly ChannelMessage[]): Html {
  const empty = html`<p class="note" data-empty>Ingen varsler ennå.</p>`;
  return sandboxPage(
    '#drop-ops',
    html`<h1>#drop-ops</h1>
      <p class="note">Lokal etterligning av en Slack-kanal. Varsler fra Drop dukker opp her.</p>
      ${messages.length === 0 ? empty : ''}
      <ul role="log" aria-label="Varsler">
        ${messages.map(messageItem)}
      </ul>
      <script>
        ${raw(script)};
      </script>`,
    {
      head: html`<style>
        ${raw(style)}
      </style>`,
    },
  );
}

export function messageItem(message: ChannelMessage): Html {
  return html`<li>
    <p>${spans(message.text)}</p>
    <small><time datetime="${message.receivedAt}">${message.receivedAt}</time></small>
  </li>`;
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
