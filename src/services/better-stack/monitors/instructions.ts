import { addressUnder } from '#domain/address.ts';
import { namePrefix } from './resource.ts';

/** What is down, and its page of the runbook. */
const pages: readonly { down: readonly string[]; rest: string; title: string; page: string }[] = [
  {
    down: ['health', 'app'],
    rest: 'the process, the proxy in front of it, the network or the certificate',
    title: 'Drop could not start',
    page: 'drop-could-not-start.md',
  },
  {
    down: ['health'],
    rest: 'Drop runs and cannot serve',
    title: 'The database does not answer',
    page: 'the-database-does-not-answer.md',
  },
  {
    down: ['scheduled work', 'webhook inbox', 'outbox'],
    rest: 'that work is late; all three together: no process of Drop runs',
    title: 'Scheduled work has stalled',
    page: 'scheduled-work-has-stalled.md',
  },
];

/**
 * What BetterStack writes into each incident, in Markdown: the page of the runbook for what is down. `runbook` is where
 * docs/runbook/ is served; undefined for a Drop whose documents have no address.
 */
export function instructionsOf(runbook = 'docs/runbook'): string {
  const lines = pages.map(({ down, rest, title, page }) => {
    const names = down.map((key) => `**${namePrefix}${key}**`).join(', ');
    return `- ${names}: ${rest}. ${linkTo(title, addressUnder(runbook, `/${page}`))}`;
  });
  const all = linkTo('All pages', addressUnder(runbook, '/README.md'));
  return ['What is down, and where to look:', '', ...lines, '', `First: \`npx drop status\`. ${all}`].join(
    '\n',
  );
}

/** A path in the repository is no link. */
function linkTo(title: string, address: string): string {
  return /^https?:/.test(address) ? `[${title}](${address})` : `${title}: ${address}`;
}
