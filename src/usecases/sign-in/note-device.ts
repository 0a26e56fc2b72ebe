import { deviceOf } from '#domain/device.ts';
import type { OpenTransaction } from '#store/database.ts';
import { noteDevice } from '#store/known-devices.ts';
import type { NewSession } from '#store/sessions.ts';
import type { UseCaseContext } from '../context.ts';
import { notify } from '../notify/notify.ts';

/** The words by which devices are told apart and stored. */
export function deviceColumns(session: Pick<NewSession, 'kind' | 'userAgent'>): {
  kind: 'browser' | 'app';
  program: string;
  system: string;
} {
  const { kind = 'browser', userAgent } = session;
  const { program = '', system = '' } = deviceOf({ kind, userAgent });
  return { kind, program, system };
}

/** Notes the device of a session that is being opened, and tells the customer if it is a new one. */
export async function noteDeviceOf(
  context: UseCaseContext,
  transaction: OpenTransaction,
  session: NewSession,
): Promise<void> {
  const { id: sessionId, userId, at } = session;
  const { kind, program, system } = deviceColumns(session);
  if (!(await noteDevice(transaction, { userId, kind, program, system, at }))) return;
  const parameters = { sessionId, program: program || null, system: system || null };
  await notify(context, transaction, { userId, code: 'new_device', parameters, occasion: sessionId });
}
