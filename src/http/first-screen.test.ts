import { expect, test } from 'vitest';
import { filesOf, firstScreenLinks } from './first-screen.ts';

const manifest = {
  'index.html': { file: 'assets/index.js', imports: ['_packages.js'], css: ['assets/index.css'] },
  '_packages.js': { file: 'assets/packages.js' },
  'customer/home/front-page.tsx': {
    file: 'assets/front-page.js',
    imports: ['index.html', '_front.js'],
    css: ['assets/front-page.css'],
  },
  '_front.js': { file: 'assets/front.js', imports: ['_packages.js'] },
};

test('a screen needs the files of what it imports, and each once', () => {
  expect(filesOf(manifest, 'customer/home/front-page.tsx').toSorted()).toEqual([
    'assets/front-page.css',
    'assets/front-page.js',
    'assets/front.js',
    'assets/index.css',
    'assets/index.js',
    'assets/packages.js',
  ]);
});

test('the page links the files that only its first screen needs', () => {
  const links = firstScreenLinks(manifest, 'front-page');
  expect(links.match(/href="[^"]+"/g)).toEqual([
    'href="/assets/front.js"',
    'href="/assets/front-page.css"',
    'href="/assets/front-page.js"',
  ]);
  expect(links).toContain('<link rel="preload" as="style" crossorigin href="/assets/front-page.css" />');
});

test('a screen that the bundle does not know has no links', () => {
  expect(firstScreenLinks(manifest, 'overview')).toBe('');
});
