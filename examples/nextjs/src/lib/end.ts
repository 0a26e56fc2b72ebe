import type { MountedDrop } from 'drop/mount';

/** Ends Drop with the process. `next start` leaves signals alone where `NEXT_MANUAL_SIG_HANDLE` is set. */
export function endWithDrop(drop: MountedDrop): void {
  let isEnding = false;
  const end = (reason: string): void => {
    if (isEnding) return;
    isEnding = true;
    void drop.close(reason).then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  process.on('uncaughtException', (error) => {
    void drop.reportUnhandled(error).finally(() => process.exit(1));
  });
}
