/** The texts of the inbox, in bokmål. What a notification says comes from the server. */
export const nbNotifications = {
  title: 'Varsler',
  bell: (unread: number) => {
    if (unread === 0) return 'Varsler, ingen uleste';
    return unread > 99
      ? 'Varsler, over 99 uleste'
      : `Varsler, ${unread} ${unread === 1 ? 'ulest' : 'uleste'}`;
  },
  list: 'Varsler, de nyeste først',
  isNew: 'Ny',
  emptyTitle: 'Ingen varsler ennå',
  emptyText: 'Her får du vite hvordan det går med betalingene dine, og når du må gjøre noe.',
  older: 'Vis eldre varsler',
  announced: (title: string) => `Nytt varsel: ${title}`,
  announcedMany: (count: number) => `${count} nye varsler`,
};
