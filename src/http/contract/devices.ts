import { z } from 'zod';
import { timestampSchema } from './values.ts';

const deviceSchema = z.object({
  id: z.uuid(),
  kind: z.enum(['browser', 'app']),
  /** Such as "Chrome på Windows", in the customer's language. */
  name: z.string(),
  createdAt: timestampSchema,
  /** To the minute. */
  lastSeenAt: timestampSchema,
  /** Whether it is the one that asks. */
  isCurrent: z.boolean(),
});
/** The device used last first. */
export const devicesSchema = z.object({ devices: z.array(deviceSchema) });

export type Device = z.output<typeof deviceSchema>;
