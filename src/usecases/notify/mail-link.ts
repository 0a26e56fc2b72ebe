import { isDropError } from '#domain/errors.ts';
import type { NoticeCode } from '#domain/notice/notices.ts';
import type { MailAddress } from '#store/email-addresses.ts';
import { linkTokenPlace, sealedTokenOf } from '#store/own-email-addresses.ts';
import type { UseCaseContext } from '../context.ts';

/** Shows the state of the address, and sends another link. */
const settingsPath = '/settings';

/**
 * The path of a mail's link, where it is not that of the screen about the notice. The token stands in the fragment,
 * which browsers send to no server. It is the same at each attempt to send the mail.
 */
export async function linkOf(
  context: Pick<UseCaseContext, 'store' | 'sealer' | 'log'>,
  code: NoticeCode,
  to: MailAddress,
): Promise<string | undefined> {
  if (code === 'account_closed') return '/account-closed';
  if (code !== 'address_verification') return undefined;
  const sealed = await sealedTokenOf(context.store.database, to.id);
  const token = sealed === undefined ? undefined : opened(context, to.id, sealed);
  return token === undefined ? settingsPath : `/confirm-email#token=${token}`;
}

/** Undefined if the key is gone: the customer can then ask for another link. */
function opened(
  { sealer, log }: Pick<UseCaseContext, 'sealer' | 'log'>,
  addressId: string,
  sealed: string,
): string | undefined {
  try {
    return sealer.open(sealed, linkTokenPlace(addressId));
  } catch (error) {
    if (!isDropError(error)) throw error;
    log('error', 'the token of a link does not open', { error });
    return undefined;
  }
}
