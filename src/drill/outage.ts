import { assert } from '#domain/errors.ts';
import { emulatorNames } from '#sandbox/emulators.ts';
import type { World } from './world.ts';

/** What can be taken down: each emulated provider by its name in the sandbox, and Drop's database. */
export const drillSubjects: readonly string[] = [...emulatorNames(), 'database'];

/** Mail servers have no status of HTTP. */
const mail = 'email';

/** Takes a service down and brings it back. */
export interface Outage {
  begin(): Promise<void>;
  end(): Promise<void>;
}

/** The outage of `subject`, one of `drillSubjects`: every request to it fails, or every connection is refused. */
export function outageOf({ emulation, databaseWay }: World, subject: string): Outage {
  if (subject === 'database') return { begin: databaseWay.cut, end: databaseWay.mend };
  const placed = emulation.emulators.find(({ emulator }) => emulator.name === subject);
  assert(placed, `there is an emulator ${subject}`);
  return {
    async begin() {
      placed.faults.add({ operation: '*', effect: subject === mail ? 'reset' : 'status' });
    },
    async end() {
      placed.faults.clear();
    },
  };
}
