/** The path of every screen of the web app, as its router writes them. The server answers 404 at any other path. */
export const pagePaths = [
  '/',
  '/sign-in',
  '/verify',
  '/banks',
  '/accounts',
  '/consents',
  '/devices',
  '/notifications',
  '/settings',
  '/profile',
  '/privacy',
  '/account-closed',
  '/confirm-email',
  '/pay',
  '/recipients',
  '/payments',
  '/payments/$paymentId',
  '/cards',
  '/cards/$cardId',
  '/help',
  '/about',
  '/terms',
  '/privacy-notice',
  '/accessibility',
] as const;

export type PagePath = (typeof pagePaths)[number];
