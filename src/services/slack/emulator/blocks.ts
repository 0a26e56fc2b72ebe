import { z } from 'zod';

/** Layout blocks with their limits. Source: api.slack.com, "Reference: blocks", and the types of `@slack/types`. */

const sectionTextMax = 3_000;
const fieldTextMax = 2_000;
const fieldsMax = 10;
const headerTextMax = 150;
const contextElementsMax = 10;
const actionElementsMax = 25;
const urlLengthMax = 3_000;
const altTextMax = 2_000;
const blockIdMax = 255;
const blocksMax = 50;

const textOf = (lengthMax: number) =>
  z.looseObject({ type: z.enum(['mrkdwn', 'plain_text']), text: z.string().min(1).max(lengthMax) });
const plainTextOf = (lengthMax: number) =>
  z.looseObject({ type: z.literal('plain_text'), text: z.string().min(1).max(lengthMax) });
const element = z.looseObject({ type: z.string().min(1) });
const common = { block_id: z.string().max(blockIdMax).optional() };
const picture = {
  image_url: z.url().max(urlLengthMax).optional(),
  slack_file: z.looseObject({}).optional(),
  alt_text: z.string().max(altTextMax),
};

const contextElement = z.union([
  textOf(sectionTextMax),
  z.looseObject({ type: z.literal('image'), ...picture }).refine(hasSource),
]);

const block = z.discriminatedUnion('type', [
  z
    .looseObject({
      type: z.literal('section'),
      ...common,
      text: textOf(sectionTextMax).optional(),
      fields: z.array(textOf(fieldTextMax)).min(1).max(fieldsMax).optional(),
      accessory: element.optional(),
    })
    .refine(({ text, fields }) => text !== undefined || fields !== undefined),
  z.looseObject({ type: z.literal('header'), ...common, text: plainTextOf(headerTextMax) }),
  z.looseObject({ type: z.literal('divider'), ...common }),
  z.looseObject({ type: z.literal('image'), ...common, ...picture }).refine(hasSource),
  z.looseObject({
    type: z.literal('context'),
    ...common,
    elements: z.array(contextElement).min(1).max(contextElementsMax),
  }),
  z.looseObject({
    type: z.literal('actions'),
    ...common,
    elements: z.array(element).min(1).max(actionElementsMax),
  }),
  z.looseObject({ type: z.literal('rich_text'), ...common, elements: z.array(element) }),
  z.looseObject({ type: z.literal('markdown'), ...common, text: z.string().min(1) }),
  z.looseObject({ type: z.enum(['input', 'video', 'file', 'table']), ...common }),
]);

function hasSource({ image_url, slack_file }: { image_url?: unknown; slack_file?: unknown }): boolean {
  return (image_url === undefined) !== (slack_file === undefined);
}

/** Whether Slack would accept the blocks; block ids must be unique. */
export function areBlocksValid(blocks: readonly unknown[]): boolean {
  const parsed = z.array(block).max(blocksMax).safeParse(blocks);
  if (!parsed.success) return false;
  const ids = parsed.data.map(({ block_id }) => block_id).filter((id) => id !== undefined);
  return new Set(ids).size === ids.length;
}
