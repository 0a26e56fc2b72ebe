import type { PlacedEmulator } from './emulators.ts';

/** How a client connects to each emulator, by its name. Loads nothing, because the start of the sandbox imports it. */
export function connectionsOf(emulators: readonly PlacedEmulator[]): Record<string, object> {
  return Object.fromEntries(
    emulators.map(({ emulator, origin, variables }) => [emulator.name, { origin, variables }]),
  );
}
