import { mkdir, readFile } from 'node:fs/promises';
import { chromium } from '@playwright/test';
import { findBrowser } from './browser.ts';

const folder = new URL('../web/public/', import.meta.url).pathname;
const svg = await readFile(new URL('../web/kit/brand/favicon.svg', import.meta.url), 'utf8');
/** Where the device cuts the shape itself, the ground reaches the edges. */
const square = svg.replace(/ rx="\d+"/, '');

const icons = [
  { name: 'icon-180', size: 180, drawing: square },
  { name: 'icon-192', size: 192, drawing: svg },
  { name: 'icon-512', size: 512, drawing: svg },
  { name: 'icon-maskable-512', size: 512, drawing: square },
];

/** Draws the icons of the installed app from the favicon: `npm run app-icons`. */
const executablePath = findBrowser();
const browser = await chromium.launch({
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  ...(executablePath !== undefined && { executablePath }),
});
await mkdir(folder, { recursive: true });
for (const { name, size, drawing } of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const style = `<style>html,body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>`;
  await page.setContent(style + drawing);
  await page.screenshot({ path: `${folder}${name}.png`, omitBackground: true });
  await page.close();
}
await browser.close();
