import { Button } from '@digdir/designsystemet-react';
import { useMutation } from '@tanstack/react-query';
import type { EmailAddress } from '#http/contract/email-address.ts';
import { useFormat } from '#kit/locale/format.ts';
import { useNow } from '#kit/locale/now.ts';
import { Notice } from '#kit/parts/notice.tsx';
import { StatusTag } from '#kit/parts/status-tag.tsx';
import { setEmailAddress } from '../api/email-address.ts';
import { announce } from '../shell/announcer.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { useSettingsTexts } from '../texts/settings-texts.ts';
import { SendAgain } from './send-again.tsx';
import { useShowEmail } from './show-email.ts';

interface PendingAddressProps {
  email: EmailAddress;
  pendingAddress: string;
}

/** An address whose link was not followed yet. */
export function PendingAddress({ email, pendingAddress }: PendingAddressProps) {
  const { email: texts } = useSettingsTexts();
  const { address, isPendingSuppressed, isSuppressed } = email;
  const isAnew = address === pendingAddress;
  return (
    <div className="email-pending">
      {!isAnew && (
        <p className="email-address">
          <span>{pendingAddress}</span>
          <StatusTag tone="warning">{texts.unverified}</StatusTag>
        </p>
      )}
      {isPendingSuppressed && !isAnew && (
        <Notice tone="warning" title={texts.bouncedTitle}>
          <p>{texts.bounced(pendingAddress)}</p>
        </Notice>
      )}
      <p>{texts.sent(pendingAddress)}</p>
      <p className="quiet">
        {texts.open} <LinkTime expiresAt={email.linkExpiresAt} />
      </p>
      {address !== null && !isAnew && !isSuppressed && <p className="quiet">{texts.untilThen(address)}</p>}
      <SendAgain />
      {address !== null && !isAnew && !isSuppressed && <KeepAddress address={address} />}
    </div>
  );
}

function LinkTime({ expiresAt }: { expiresAt: string | null }) {
  const { email: texts } = useSettingsTexts();
  const format = useFormat();
  const now = useNow();
  if (expiresAt === null) return null;
  return Date.parse(expiresAt) > now ? texts.validUntil(format.dateTime(expiresAt)) : texts.expired;
}

function KeepAddress({ address }: { address: string }) {
  const { email: texts } = useSettingsTexts();
  const show = useShowEmail();
  const keep = useMutation({
    mutationFn: () => setEmailAddress(address),
    onSuccess: (state) => {
      show(state);
      announce(texts.kept);
    },
  });
  return (
    <>
      <Button
        variant="tertiary"
        data-color="neutral"
        className="email-keep"
        loading={keep.isPending}
        aria-disabled={keep.isPending}
        onClick={() => !keep.isPending && keep.mutate()}
      >
        {texts.keepOld(address)}
      </Button>
      {keep.isError && <ProblemAlert error={keep.error} onRetry={() => keep.mutate()} />}
    </>
  );
}
