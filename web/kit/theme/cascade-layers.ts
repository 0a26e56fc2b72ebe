import type { Plugin } from 'vite';

/**
 * From the weakest to the strongest. Stylesheets arrive in any order: those of a screen that is opened at once come
 * before the app's own. A rule therefore wins by its layer, and within one by its weight. `device` is for what the
 * device asks for: few colours, no motion, paper.
 */
export const cascadeLayers = [
  ...['ds.theme', 'ds.base', 'ds.components'],
  ...['kit.base', 'kit.parts', 'kit.shell'],
  ...['screens', 'device'],
] as const;

const order = `@layer ${cascadeLayers.join(', ')};\n`;

/** The layer of a stylesheet that a script imports. Those of the theme have theirs in `index.css`. */
function layerOf(file: string): (typeof cascadeLayers)[number] | undefined {
  if (/\/web\/kit\/parts\/[^/]+\.css$/.test(file)) return 'kit.parts';
  return /\/web\/customer\/.+\.css$/.test(file) ? 'screens' : undefined;
}

/** Puts each stylesheet into its layer. Every file says the order, since any of them can be the first to arrive. */
export const layered: Plugin = {
  name: 'cascade-layers',
  enforce: 'pre',
  transform: {
    filter: { id: /\/web\/.+\.css$/ },
    handler(source, id) {
      const layer = layerOf(id);
      return {
        code: order + (layer === undefined ? source : `@layer ${layer} {\n${source}\n}\n`),
        map: null,
      };
    },
  },
};
