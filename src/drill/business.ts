import type pg from 'pg';
import type { HttpServer } from '#http/listen.ts';
import type { Business } from './pace.ts';

/** Counts a piece of work while it lasts. */
export type Count = <Result>(work: Promise<Result>) => Promise<Result>;

/** What the processes of a drill are doing at the moment. */
export interface BusinessCount {
  now(): Business;
  /** Requests to Drop. */
  answering: Count;
  /** Requests to emulators. */
  waitingForOthers: Count;
  /** Counts the connections of `pool` that a query uses. */
  watch(pool: Pick<pg.Pool, 'totalCount' | 'idleCount'>): void;
}

export function createBusiness(): BusinessCount {
  const counts = { answering: 0, waitingForOthers: 0 };
  let pool: Pick<pg.Pool, 'totalCount' | 'idleCount'> = { totalCount: 0, idleCount: 0 };
  const counter =
    (name: keyof typeof counts): Count =>
    async (work) => {
      counts[name] += 1;
      try {
        return await work;
      } finally {
        counts[name] -= 1;
      }
    };
  return {
    now() {
      if (counts.waitingForOthers > 0 || pool.totalCount > pool.idleCount) return 'waiting for others';
      return counts.answering > 0 ? 'answering' : 'idle';
    },
    answering: counter('answering'),
    waitingForOthers: counter('waitingForOthers'),
    watch: (watched) => void (pool = watched),
  };
}

/** The same server, whose requests are counted until they are answered. */
export function counted(server: HttpServer, count: Count): HttpServer {
  return {
    port: server.port,
    handle(handler, ...rest) {
      server.handle((request, bindings) => count(Promise.resolve(handler(request, bindings))), ...rest);
    },
    close: (graceMs) => server.close(graceMs),
  };
}
