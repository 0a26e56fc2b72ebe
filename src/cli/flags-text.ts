import type { ListedFlag, ShownFlag } from '#usecases/operate/flags.ts';
import { plain } from './plain.ts';
import type { Column } from './table.ts';

/** The columns of the list of flags. */
export const columns: readonly Column<ListedFlag>[] = [
  { title: 'flag', of: ({ flag }) => flag },
  { title: 'everyone', of: ({ everyone }) => settingText(everyone) },
  { title: 'people', of: ({ people }) => `${people.on} on, ${people.off} off` },
  { title: 'production', of: productionText, spare: 1 },
  { title: 'what', of: ({ description }) => description, spare: 2 },
];

/** One flag with its settings and its latest changes. */
export function shownText(shown: ShownFlag): string {
  const { flag, description, isOnByDefault, settings, changes } = shown;
  const row = (name: string, text: string): string => `${name.padEnd(12)}${plain(text)}\n`;
  const set = settings.map(({ userId, isOn, at, by, reason }) =>
    row('set', `${settingText(isOn)} for ${userId ?? 'everyone'}, ${at.toISOString()}, ${by}: ${reason}`),
  );
  const acts = changes.map(({ userId, isOn, at, by, reason }) =>
    row('change', `${at.toISOString()} ${settingText(isOn)} for ${userId ?? 'everyone'}, ${by}: ${reason}`),
  );
  return [
    row('flag', `${flag}: ${description}`),
    row('default', settingText(isOnByDefault)),
    row('production', productionText(shown)),
    ...(set.length > 0 ? set : [row('set', 'no setting: the configuration and the default decide')]),
    ...acts,
  ].join('');
}

function settingText(isOn: boolean | undefined): string {
  return isOn === undefined ? 'not set' : isOn ? 'on' : 'off';
}

function productionText({ mayBeOnInProduction }: ListedFlag): string {
  return mayBeOnInProduction ? 'as set' : 'always off';
}
