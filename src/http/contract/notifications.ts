import { z } from 'zod';
import { givenIdSchema, timestampSchema } from './values.ts';

const notificationSchema = z.object({
  id: z.uuid(),
  /** Such as `payment_settled`. Further codes may be added. */
  code: z.string(),
  /** In the customer's language, as `body`. */
  title: z.string(),
  body: z.string(),
  /** The path of the web app's screen that shows what it is about. */
  path: z.string(),
  createdAt: timestampSchema,
  isRead: z.boolean(),
});

export const notificationsQuerySchema = z.object({
  /** `nextCursor` of the page before; the first page without it. */
  cursor: givenIdSchema.optional(),
});

/** The newest first. */
export const notificationsSchema = z.object({
  notifications: z.array(notificationSchema),
  /** Of all pages; 100 stands for 100 or more. */
  unread: z.int(),
  /** Null on the last page. */
  nextCursor: z.uuid().nullable(),
});

export const readNotificationsSchema = z.strictObject({
  /** The newest entry that the customer has seen. It is marked as read with all older ones. */
  upTo: givenIdSchema,
});

export type Notification = z.output<typeof notificationSchema>;
export type Notifications = z.output<typeof notificationsSchema>;
