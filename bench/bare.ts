import { startNode, type Child } from './children.ts';

export interface BareServer {
  child: Child;
  origin: string;
}

export async function startBareServer(databaseUrl: string): Promise<BareServer> {
  const child = startNode(['bench/bare-server.ts'], { DATABASE_URL: databaseUrl });
  const line = await child.line((text) => text.startsWith('listening on '));
  return { child, origin: `http://127.0.0.1:${line.split(' ').at(-1)}` };
}
