import { useLocation } from '@tanstack/react-router';

/** The screens that the settings lead to, besides those with a place of their own in the navigation. */
const paths = ['/profile', '/consents', '/recipients', '/devices', '/privacy'];

/** For the link to the settings: it is current on these screens, too, though their paths do not begin with its path. */
export function useSettingsCurrent(): { 'aria-current'?: 'true' } {
  const isWithin = useLocation({ select: ({ pathname }) => paths.includes(pathname) });
  return isWithin ? { 'aria-current': 'true' } : {};
}
