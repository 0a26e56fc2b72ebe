import { html, raw } from 'hono/html';
import type { Locale } from '#domain/locale.ts';
import { aboutPath, sandboxPage, type Html } from '#emulation/page.ts';
import type { Sms } from './channels.ts';
import type { Collections, Kept } from './collections.ts';
import type { Incident, Incidents, Observation } from './incidents.ts';
import { pageTexts } from './page-texts.ts';

const style = `
main { max-width: 38rem; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin-bottom: 1rem; }
ul.cards { list-style: none; margin: 0; padding: 0; }
ul.cards li { border: 1px solid #8a8577; border-radius: 8px; padding: .6rem 1rem; margin: .5rem 0; }
ul.cards li { display: flex; justify-content: space-between; gap: 1rem; }
ul.cards li > :first-child { flex: 1; min-width: 0; overflow-wrap: anywhere; }
ul.cards small { overflow-wrap: anywhere; }
.state { font-weight: 700; white-space: nowrap; }
.state.up { color: #14652f; }
.state.down { color: #a51b1b; }
.state.pending, .state.paused { color: #5b574c; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid #8a8577; padding: .75rem; font-size: .85rem; }
`;

/** Loads the page again when something changed. */
const script = `new EventSource('/events').onmessage = () => location.reload()`;

/** What the pages show. */
export interface Shown {
  language: Locale;
  collections: Collections;
  incidents: Incidents;
  sms: readonly Sms[];
  /** Whether every check fails. */
  isCutOff: boolean;
  /** The lines that point the command line at this emulator. */
  environment: Readonly<Record<string, string>>;
}

type Words = (typeof pageTexts)[Locale];

/** Monitors, heartbeats and incidents; or, while there are none, how to make them. */
export function overviewPage({ collections, incidents, environment, isCutOff, language }: Shown): Html {
  const words = pageTexts[language];
  const monitors = collections.list('monitors');
  const heartbeats = collections.list('heartbeats');
  const watched = (kind: 'monitors' | 'heartbeats', all: readonly Kept[]): Html =>
    html`<ul class="cards">
      ${all.map((kept) => watchedItem(kept, incidents.observed({ kind, id: kept.id }), words))}
    </ul>`;
  return page(
    'Better Stack',
    html`<h1>Better Stack</h1>
      <p class="note">${words.what} <a href="${aboutPath}">${words.about}</a></p>
      ${incidentList(words.openIncidents, incidents.open())}
      ${monitors.length === 0 ? emptyAccount(environment, words) : ''}
      ${monitors.length === 0 ? '' : html`<h2>${words.monitors}</h2>`} ${watched('monitors', monitors)}
      ${heartbeats.length === 0 ? '' : html`<h2>${words.heartbeats}</h2>`}
      ${watched('heartbeats', heartbeats)}
      ${
        monitors.length === 0
          ? ''
          : html`<h2>${words.tryIt}</h2>
              ${cutOffButton(isCutOff, words)}`
      }
      ${incidentList(
        words.formerIncidents,
        incidents
          .list()
          .filter(({ resolvedAt }) => resolvedAt)
          .toReversed(),
      )}`,
    { collections, language },
  );
}

function cutOffButton(isCutOff: boolean, words: Words): Html {
  const label = isCutOff ? words.connect : words.cutOff;
  return button('/cut-off', label, { isCutOff: `${!isCutOff}` });
}

function emptyAccount(environment: Readonly<Record<string, string>>, { empty }: Words): Html {
  const lines = Object.entries(environment).map(([name, value]) => `export ${name}=${value}`);
  return html`<p>${empty}</p>
    <pre>${[...lines, 'npx drop monitors plan', 'npx drop monitors apply --yes'].join('\n')}</pre>`;
}

function watchedItem({ attributes }: Kept, observation: Observation, words: Words): Html {
  const { pronounceable_name: title, name, url } = attributes;
  const address = typeof title === 'string' && typeof url === 'string' ? html`<small>${url}</small>` : '';
  return html`<li>
    <span>${String(title ?? name ?? url)}${address}</span>
    ${stateText(observation, words)}
  </li>`;
}

function stateText({ status, lastAt }: Observation, { states }: Words): Html {
  const at = lastAt ? html` <small>${timeOf(lastAt)}</small>` : '';
  return html`<span class="state ${status}">${states[status]}${at}</span>`;
}

function incidentList(title: string, incidents: readonly Incident[]): Html | '' {
  if (incidents.length === 0) return '';
  return html`<h2>${title}</h2>
    <ul class="cards">
      ${incidents.map(
        ({ id, name, cause, startedAt, resolvedAt }) =>
          html`<li>
            <span><a href="/incidents/${id}">${name}</a><small>${cause}</small></span>
            <span class="state ${resolvedAt ? 'up' : 'down'}">
              ${timeOf(startedAt)}${resolvedAt ? html`–${timeOf(resolvedAt)}` : ''}
            </span>
          </li>`,
      )}
    </ul>`;
}

/** One incident, and whom it was told to, minute by minute. */
export function incidentPage(incident: Incident, shown: Framed): Html {
  const words = pageTexts[shown.language];
  const { id, name, cause, startedAt, acknowledgedAt, resolvedAt, deliveries, instructions } = incident;
  const told = deliveries.map(
    ({ minute, channel, to, isDelivered }) =>
      html`<li>
        <span>${words.minute(minute)}: ${words.channels[channel]}<small>${to}</small></span>
        <span class="state ${isDelivered ? 'up' : 'down'}"
          >${isDelivered ? words.delivered : words.undelivered}</span
        >
      </li>`,
  );
  const isOpen = resolvedAt === undefined;
  return page(
    name,
    html`<h1>${name}</h1>
      <dl>
        <dt>${words.cause}</dt>
        <dd>${cause}</dd>
        <dt>${words.began}</dt>
        <dd>${timeOf(startedAt)}</dd>
        <dt>${words.acknowledged}</dt>
        <dd>${acknowledgedAt ? timeOf(acknowledgedAt) : words.no}</dd>
        <dt>${words.resolved}</dt>
        <dd>${resolvedAt ? timeOf(resolvedAt) : words.no}</dd>
      </dl>
      ${instructions.map(
        (text) =>
          html`<h2>${words.instructions}</h2>
            <pre>${text}</pre>`,
      )}
      <h2>${words.told}</h2>
      <ul class="cards">
        ${told}
      </ul>
      ${isOpen ? html`<h2>${words.act}</h2>` : ''}
      ${
        isOpen && !acknowledgedAt
          ? html`${button(`/incidents/${id}/acknowledge`, words.acknowledge)}
            ${button('/pass-minutes', words.passMinutes, { minutes: '5' })}`
          : ''
      }
      ${isOpen ? button('/check-now', words.checkNow) : ''}`,
    shown,
  );
}

function button(action: string, label: string, fields: Record<string, string> = {}): Html {
  return html`<form method="post" action="${action}">
    ${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    <button>${label}</button>
  </form>`;
}

/** The SMS that were sent, the newest first. */
export function smsPage({ sms, ...shown }: Framed & Pick<Shown, 'sms'>): Html {
  const words = pageTexts[shown.language];
  const list = sms.toReversed().map(
    ({ to, text, at }) =>
      html`<li>
        <span>${text}<small>${words.to} ${to}</small></span
        ><small>${timeOf(new Date(at))}</small>
      </li>`,
  );
  return page(
    'SMS',
    html`<h1>SMS</h1>
      ${
        sms.length === 0
          ? html`<p class="note">${words.noSms}</p>`
          : html`<ul class="cards">
              ${list}
            </ul>`
      }`,
    shown,
  );
}

/** The public status page: what it shows, by its public name. */
export function statusPage(status: Kept, { incidents, ...shown }: Framed & Pick<Shown, 'incidents'>): Html {
  const words = pageTexts[shown.language];
  const resources = shown.collections.list('resources', status.id).map((kept) => {
    const kind = kept.attributes['resource_type'] === 'Monitor' ? 'monitors' : 'heartbeats';
    const observation = incidents.observed({ kind, id: String(kept.attributes['resource_id']) });
    return { name: String(kept.attributes['public_name']), observation };
  });
  const isDown = resources.some(({ observation }) => observation.status === 'down');
  return page(
    words.statusOf(String(status.attributes['company_name'])),
    html`<h1>${isDown ? words.isDown : words.isUp}</h1>
      <ul class="cards">
        ${resources.map(({ name, observation }) => html`<li><span>${name}</span>${stateText(observation, words)}</li>`)}
      </ul>
      <p class="note">${words.statusNote(String(status.attributes['subdomain']))}</p>`,
    shown,
  );
}

/** What the frame of every page needs. */
type Framed = Pick<Shown, 'collections' | 'language'>;

function page(title: string, body: Html, { collections, language }: Framed): Html {
  const words = pageTexts[language];
  const pages = collections.list('status-pages').map(({ attributes }) => String(attributes['subdomain']));
  return sandboxPage(
    title,
    html`<nav aria-label="Better Stack">
        <a href="/">${words.monitors}</a>
        <a href="/sms">SMS</a>
        ${pages.map((subdomain) => html`<a href="/status/${subdomain}">${words.statusPage}</a>`)}
      </nav>
      ${body}
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
function timeOf(at: Date): Html {
  const shown = at.toLocaleTimeString('nb-NO', { timeZone: 'Europe/Oslo' });
  return html`<time datetime="${at.toISOString()}">${shown}</time>`;
}
