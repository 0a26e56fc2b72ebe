import type { z } from 'zod';
import { problemSchema } from '../contract/problem.ts';

/** The problem answers of a route. */
export function problems(...statuses: number[]): Record<number, { description: string; content: object }> {
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: descriptions[status] ?? 'Problem',
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    ]),
  );
}

const descriptions: Record<number, string> = {
  400: 'The request is invalid',
  401: 'Not signed in',
  403: 'Not allowed, or not yet',
  404: 'Not found',
  409: 'Not possible in the present state',
  422: 'Understood and refused',
  429: 'Too many requests',
  502: 'A provider gave an unusable answer',
  503: 'A service is down; try again after Retry-After',
};

/** A JSON answer of one schema. */
export function json<Schema extends z.ZodType>(
  schema: Schema,
  description: string,
): { description: string; content: { 'application/json': { schema: Schema } } } {
  return { description, content: { 'application/json': { schema } } };
}

/** A JSON request body of one schema. */
export function body<Schema extends z.ZodType>(
  schema: Schema,
): { required: true; content: { 'application/json': { schema: Schema } } } {
  return { required: true, content: { 'application/json': { schema } } };
}
