import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { mutations } from './mutations.ts';

/**
 * Loaded ahead of a child process (`--import`): the file of the mutation that `PLANTED_BUG` names is read with its
 * guard taken out. Nothing on disk is changed.
 */
const name = process.env['PLANTED_BUG'];
const mutation = mutations.find((each) => each.name === name);
if (name && !mutation) throw new RangeError(`no mutation ${name}`);
if (mutation) plant(mutation);

function plant({ file, text, replacement }: { file: string; text: string; replacement: string }): void {
  const url = pathToFileURL(file).href;
  registerHooks({
    load(loading, context, nextLoad) {
      const loaded = nextLoad(loading, context);
      if (loading !== url) return loaded;
      const { source: read = '' } = loaded;
      const source = typeof read === 'string' ? read : new TextDecoder().decode(read ?? undefined);
      if (source.split(text).length !== 2) throw new RangeError(`${file} does not have the guard once`);
      return { ...loaded, source: source.replace(text, () => replacement) };
    },
  });
}
