import { Button } from '@digdir/designsystemet-react';
import { useState } from 'react';
import type { EmailAddress } from '#http/contract/email-address.ts';
import { Notice } from '#kit/parts/notice.tsx';
import { StatusTag } from '#kit/parts/status-tag.tsx';
import { useSettingsTexts } from '../texts/settings-texts.ts';
import { EmailForm } from './email-form.tsx';
import { PendingAddress } from './pending-address.tsx';
import { RemoveAddress } from './remove-address.tsx';
import { SendAgain } from './send-again.tsx';

/** The address in each of its states: none, entered, verified, being changed, and with mail that came back. */
export function EmailSection({ email }: { email: EmailAddress }) {
  const { email: texts } = useSettingsTexts();
  const { address, pendingAddress, status } = email;
  const [isChanging, setChanging] = useState(false);
  return (
    <section className="surface stack" aria-labelledby="settings-email">
      <h2 id="settings-email">{texts.title}</h2>
      {status === 'none' && <p className="quiet">{texts.none}</p>}
      {address !== null && <Verified email={email} address={address} />}
      {pendingAddress !== null && <PendingAddress email={email} pendingAddress={pendingAddress} />}
      {status === 'none' || isChanging ? (
        <EmailForm onSaved={() => setChanging(false)}>
          {isChanging && (
            <Button variant="tertiary" data-color="neutral" onClick={() => setChanging(false)}>
              {texts.cancel}
            </Button>
          )}
        </EmailForm>
      ) : (
        <div className="actions">
          <Button variant="secondary" onClick={() => setChanging(true)}>
            {texts.change}
          </Button>
          <RemoveAddress />
        </div>
      )}
    </section>
  );
}

function Verified({ email, address }: { email: EmailAddress; address: string }) {
  const { email: texts } = useSettingsTexts();
  const { isSuppressed, pendingAddress } = email;
  return (
    <>
      <p className="email-address">
        <span>{address}</span>
        {!isSuppressed && <StatusTag tone="success">{texts.verified}</StatusTag>}
      </p>
      {isSuppressed && (
        <Notice tone="warning" title={texts.bouncedTitle}>
          <p>{texts.bounced(address)}</p>
          {pendingAddress === null && <SendAgain />}
        </Notice>
      )}
    </>
  );
}
