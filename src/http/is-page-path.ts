import { pagePaths } from './contract/pages.ts';

const patterns = pagePaths.map(
  (path) => new RegExp(`^${path.replace(/\$\w+/g, '[^/]+').replace(/\/$/, '')}/?$`),
);

/** Whether the web app has a screen at `path`, with or without a slash at the end. */
export function isPagePath(path: string): boolean {
  return patterns.some((pattern) => pattern.test(path));
}
