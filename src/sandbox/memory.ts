import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { systemClock, type Scheduled } from '#domain/clock.ts';
import { writeWhole } from '#store/embedded/whole-file.ts';
import type { PlacedEmulator } from './emulators.ts';
import { keepAside, readMemory } from './memory-file.ts';

const saveEveryMs = 1_000;

export interface SandboxMemory {
  hashKey: string;
  /** Gives the emulators back what they held, and keeps what they hold from now on. */
  attach(emulators: readonly PlacedEmulator[]): void;
  close(): void;
}

export interface MemoryNotices {
  /** What of the file could not be read. */
  onUnread: (message: string) => void;
  /** What the emulators hold could not be written. */
  onUnsaved: (error: unknown) => void;
}

export function openMemory(
  dataDirectory: string,
  { onUnread: warn, onUnsaved }: MemoryNotices,
): SandboxMemory {
  const file = join(dataDirectory, 'sandbox.json');
  const memory = readMemory(file, warn);
  let attached: readonly PlacedEmulator[] = [];
  let saved = JSON.stringify(memory);
  let next: Scheduled | undefined;

  function save(): void {
    for (const { emulator } of attached) {
      if (emulator.persistence) memory.emulators[emulator.name] = packed(emulator.persistence.save());
    }
    const json = JSON.stringify(memory);
    if (json === saved) return;
    mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
    writeWhole(file, json);
    saved = json;
  }

  function restore(emulator: PlacedEmulator['emulator'], held: string): void {
    try {
      emulator.persistence?.restore(unpacked(held));
    } catch {
      emulator.reset();
      warn(`What ${emulator.name} held could not be read and is kept in ${keepAside(file)}. It begins anew.`);
    }
  }

  function saveNowAndThen(): void {
    try {
      save();
    } catch (error) {
      // The next turn tries again, so a full disk does not end the sandbox.
      onUnsaved(error);
    }
    next = systemClock.schedule(saveEveryMs, saveNowAndThen);
  }

  return {
    hashKey: memory.hashKey,
    attach(emulators) {
      for (const { emulator } of emulators) {
        const held = memory.emulators[emulator.name];
        if (held !== undefined) restore(emulator, held);
      }
      attached = emulators;
      saved = '';
      save();
      next = systemClock.schedule(saveEveryMs, saveNowAndThen);
    },
    close() {
      next?.cancel();
      save();
    },
  };
}

function packed(state: unknown): string {
  return serialize(state).toString('base64');
}

function unpacked(held: string): unknown {
  return deserialize(Buffer.from(held, 'base64'));
}
