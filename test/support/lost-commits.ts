import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { onTestFinished } from 'vitest';
import { openStore, type Store } from '#store/database.ts';

/** The same database, over a connection that breaks at the next commit: after it was made, before it is answered. */
export async function losingTheNextCommit({ url }: Store): Promise<Store> {
  const { hostname, port } = new URL(url);
  let isLost = false;
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    let isLast = false;
    near.on('data', (chunk) => {
      isLast = !isLost && chunk.includes('commit\0');
      isLost ||= isLast;
      far.write(chunk);
    });
    far.on('data', (chunk) => (isLast ? near.destroy() : near.write(chunk)));
    near.on('close', () => far.destroy());
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const through = new URL(url);
  through.port = `${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
  through.hostname = '127.0.0.1';
  const store = openStore(through.href);
  onTestFinished(async () => {
    await store.close();
    server.close();
  });
  return store;
}
