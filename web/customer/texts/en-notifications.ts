import type { nbNotifications } from './nb-notifications.ts';

/** The texts of the inbox, in English. */
export const enNotifications: typeof nbNotifications = {
  title: 'Notifications',
  bell: (unread: number) => {
    if (unread === 0) return 'Notifications, none unread';
    return `Notifications, ${unread > 99 ? 'over 99' : unread} unread`;
  },
  list: 'Notifications, newest first',
  isNew: 'New',
  emptyTitle: 'No notifications yet',
  emptyText: 'Here you find out how your payments went, and when there is something you need to do.',
  older: 'Show older notifications',
  announced: (title: string) => `New notification: ${title}`,
  announcedMany: (count: number) => `${count} new notifications`,
};
