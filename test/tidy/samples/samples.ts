import { globalsSamples } from './globals.ts';
import { importsSamples } from './imports.ts';
import { rolesSamples } from './roles.ts';
import { writingSamples } from './writing.ts';
import type { Sample } from './sample.ts';

export const samples: readonly Sample[] = [
  ...globalsSamples,
  ...importsSamples,
  ...rolesSamples,
  ...writingSamples,
];
