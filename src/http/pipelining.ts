import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';

/** How many requests of one connection may be in progress. Browsers and proxies send the next one after the answer. */
export const pipelinedMax = 16;

/**
 * Closes a connection with more requests in progress. Node starts all that came in one packet, and holds their answers
 * until the client reads, so that a thousand requests for a large file would take the memory of a thousand files.
 */
export function limitPipelining(serve: RequestListener): RequestListener {
  const inProgress = new WeakMap<Socket, number>();
  return (incoming, outgoing) => {
    const { socket } = incoming;
    const count = (inProgress.get(socket) ?? 0) + 1;
    if (count > pipelinedMax) {
      socket.destroy();
      return;
    }
    inProgress.set(socket, count);
    outgoing.once('close', () => inProgress.set(socket, (inProgress.get(socket) ?? 1) - 1));
    serve(incoming, outgoing);
  };
}
