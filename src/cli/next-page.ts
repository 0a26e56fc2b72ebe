import type { Command } from 'commander';
import { shellWord } from '#domain/shell-word.ts';

/** The name of the command and of those above it, as it is typed. */
function nameOf(command: Command): string {
  const path: string[] = [];
  for (let at: Command | null = command; at !== null; at = at.parent) path.unshift(at.name());
  return `npx ${path.join(' ')}`;
}

/**
 * The command that shows the next page: the given options, but for those that `next` gives another value. `texts` turns
 * an option's value back into what is typed for it.
 */
export function nextPage(
  command: Command,
  next: Readonly<Record<string, string | number>>,
  texts: Readonly<Record<string, (value: never) => string>> = {},
): string {
  const words = command.options.flatMap((option) => {
    const name = option.attributeName();
    if (command.getOptionValueSource(name) !== 'cli' && next[name] === undefined) return [];
    const value: unknown = next[name] ?? command.getOptionValue(name);
    if (value === true) return [option.long ?? ''];
    const text = texts[name]?.(value as never) ?? typed(value);
    return [option.long ?? '', shellWord(text)];
  });
  return [nameOf(command), ...words].join(' ');
}

function typed(value: unknown): string {
  return value instanceof Date ? value.toISOString() : String(value);
}
