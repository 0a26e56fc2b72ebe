import type { Heartbeats } from '#services/better-stack/service.ts';
import { workHealth, type Schedule, type WorkContext } from './stalled.ts';

export interface HeartbeatContext extends WorkContext {
  services: { heartbeats: Heartbeats };
}

/**
 * Sends a heartbeat of each worker that does its work in time. It runs as a scheduled job: where no job is done any
 * more, no heartbeat is sent either, and the service that waits for it alerts.
 */
export async function sendHeartbeats(
  context: HeartbeatContext,
  schedules: readonly Schedule[],
): Promise<void> {
  const { heartbeats } = context.services;
  if (heartbeats.names.length === 0) return;
  const { health } = await workHealth(context, schedules);
  await Promise.all(heartbeats.names.filter((name) => health[name]).map((name) => heartbeats.beat(name)));
}
