import { z } from 'zod';

/** The data of one server-sent event; its `event:` field is `change`. A hint: read what it names again. */
export const changeSchema = z.object({
  kind: z.enum(['payment', 'kyc', 'account', 'connection', 'session']),
  id: z.string(),
});

export type Change = z.output<typeof changeSchema>;
