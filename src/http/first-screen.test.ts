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

test('what the overview reads is fetched with the app, by the requests that the app makes', () => {
  const read = (name: string) => `<link rel="preload" as="fetch" crossorigin href="/api/${name}" />`;
  expect(firstScreenLinks(manifest, 'overview')).toBe(
    ['me', 'accounts', 'payments', 'bank-connections', 'payment-draft'].map(read).join(''),
  );
});

test("a visitor's page reads nothing of a customer, and an unknown screen has no files", () => {
  expect(firstScreenLinks(manifest, 'front-page')).not.toContain('/api/');
  expect(firstScreenLinks({}, 'front-page')).toBe('');
});
