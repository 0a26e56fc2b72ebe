import type { StoredFile } from './service.ts';

/** More than any list that Drop asks for has. */
const pagesMax = 100;

/** An object as S3 lists it. */
interface ListedObject {
  Key?: string | undefined;
  Size?: number | undefined;
  LastModified?: Date | undefined;
}

/** One page of `ListObjectsV2`, as far as Drop reads it. */
export interface ListedPage {
  Contents?: ListedObject[] | undefined;
  IsTruncated?: boolean | undefined;
  NextContinuationToken?: string | undefined;
}

export interface ListRequest {
  askPage: (token: string | undefined, pageMax: number) => Promise<ListedPage>;
  prefix: string;
  countMax: number;
  /** Makes the error of an answer that is not S3's. */
  unreadable: (reason: string) => Error;
}

/**
 * All pages of a list, up to `countMax` objects. What is deleted is deleted by such a list, so an answer that may leave
 * something out is refused: one that does not say whether there is more, one that says so and names no way on, and one
 * with an object that cannot be read.
 */
export async function listAllPages(request: ListRequest): Promise<StoredFile[]> {
  const { askPage, prefix, countMax, unreadable } = request;
  const found: StoredFile[] = [];
  const followed = new Set<string | undefined>();
  let token: string | undefined;
  while (found.length < countMax) {
    if (followed.has(token)) throw unreadable('leads back to a page that was read');
    if (followed.size === pagesMax) throw unreadable(`has more than ${pagesMax} pages`);
    followed.add(token);
    const {
      Contents = [],
      IsTruncated,
      NextContinuationToken,
    } = await askPage(token, countMax - found.length);
    if (IsTruncated === undefined) throw unreadable('does not say whether there is more');
    const files = Contents.map((object) => fileOf(object, unreadable));
    found.push(...files.filter(({ key }) => key.startsWith(prefix)));
    if (!IsTruncated) break;
    if (NextContinuationToken === undefined) throw unreadable('names no next page');
    token = NextContinuationToken;
  }
  return found.slice(0, countMax);
}

function fileOf(object: ListedObject, unreadable: ListRequest['unreadable']): StoredFile {
  const { Key: key, Size: bytes = NaN, LastModified: storedAt = new Date(NaN) } = object;
  if (key === undefined || !Number.isSafeInteger(bytes) || Number.isNaN(storedAt.getTime()))
    throw unreadable('has an object without its key, size or time');
  return { key, bytes, storedAt };
}
