import type { Store } from '#store/database.ts';
import { dumpOf } from './dump.ts';
import type { Exchange, Exchanges } from './exchanges.ts';

/** Every place in which a secret could be left, by its name, with all that it holds. */
export async function sinksOf(
  store: Store,
  exchanges: Exchanges,
  written: { log: string; metrics: string },
): Promise<Map<string, string>> {
  const failed = exchanges.all.filter(({ server, status }) => server === 'app' && status >= 400);
  return new Map([
    ...(await dumpOf(store)),
    ...addressesOf(exchanges.all),
    ...Object.entries(written),
    ['traces', exchanges.sentTo('collector')],
    ['Slack', exchanges.sentTo('slack')],
    ['answers of failed requests', failed.map(({ body }) => body).join('\n')],
  ]);
}

/** Every address that a browser or a server was sent to, by whose it is. */
function addressesOf(exchanges: readonly Exchange[]): Map<string, string> {
  const all = exchanges
    .filter((exchange) => !isHeartbeat(exchange))
    .flatMap(({ url, location }) => [url.href, ...(location === undefined ? [] : [location])]);
  const kindOf = (address: string): string => {
    if (address.startsWith('drop:')) return 'address of the app';
    return /\/callback\?|\/return\?/.test(address) ? 'address of the callback' : 'other addresses';
  };
  const byKind = Map.groupBy(all, kindOf);
  return new Map([...byKind].map(([kind, addresses]) => [kind, addresses.join('\n')]));
}

/** The address of a heartbeat is the secret itself, and this is where it belongs; one goes out when a minute begins. */
function isHeartbeat({ server, url }: Exchange): boolean {
  return server === 'better-stack' && url.pathname.startsWith('/api/v1/heartbeat/') && url.search === '';
}
