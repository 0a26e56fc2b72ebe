import { z } from 'zod';
import { errorTable, type ErrorCode } from '#domain/errors.ts';

const errorCodes = Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]];

/** RFC 9457, with what Drop adds to it. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(errorCodes),
  /** For the customer, in their language. */
  message: z.string(),
  requestId: z.string(),
  /** Seconds until asking again makes sense. */
  retryAfterSeconds: z.int().optional(),
  fields: z
    .array(
      z.object({
        field: z.string(),
        message: z.string(),
        /** The visible characters that the text must not contain. */
        characters: z.array(z.string()).optional(),
      }),
    )
    .optional(),
});

export type Problem = z.output<typeof problemSchema>;
