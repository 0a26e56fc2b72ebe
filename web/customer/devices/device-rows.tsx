import { Button } from '@digdir/designsystemet-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { Device } from '#http/contract/devices.ts';
import { endDevice } from '../api/actions.ts';
import { devicesQuery } from '../api/queries.ts';
import { useFormat } from '#kit/locale/format.ts';
import { useDevicesTexts } from '../texts/devices-texts.ts';
import { useNow } from '#kit/locale/now.ts';
import { announce } from '../shell/announcer.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { StatusTag } from '#kit/parts/status-tag.tsx';

const minuteMs = 60_000;
/** The server records the use of a session at most once a minute, so a current session can look a minute old. */
const nowMinutes = 2;

export function DeviceRows({ devices }: { devices: Device[] }) {
  const texts = useDevicesTexts();
  const list = useRef<HTMLUListElement>(null);
  return (
    <ul role="list" className="surface rows" aria-label={texts.list} tabIndex={-1} ref={list}>
      {devices.map((device) => (
        <li key={device.id} className="row device-row" data-wraps>
          <div className="row-words">
            <div className="device-names">
              <h2 className="row-name">{device.name}</h2>
              {device.isCurrent && <StatusTag tone="success">{texts.current}</StatusTag>}
            </div>
            <DeviceTimes device={device} />
          </div>
          {/* The focused button disappears with its row, so the focus moves to the list. */}
          {!device.isCurrent && <EndDevice device={device} onEnded={() => list.current?.focus()} />}
        </li>
      ))}
    </ul>
  );
}

function DeviceTimes({ device }: { device: Device }) {
  const texts = useDevicesTexts();
  const format = useFormat();
  const minutes = Math.floor((useNow() - Date.parse(device.lastSeenAt)) / minuteMs);
  return (
    <p className="row-text device-times">
      <time dateTime={device.lastSeenAt}>
        {minutes < nowMinutes
          ? texts.usedNow
          : minutes < 60
            ? texts.usedMinutesAgo(minutes)
            : texts.usedAt(format.dateTime(device.lastSeenAt))}
      </time>
      <time dateTime={device.createdAt}>{texts.signedIn(format.dateTime(device.createdAt))}</time>
    </p>
  );
}

function EndDevice({ device, onEnded }: { device: Device; onEnded: () => void }) {
  const texts = useDevicesTexts();
  const format = useFormat();
  const queryClient = useQueryClient();
  const end = useMutation({
    mutationFn: () => endDevice(device.id),
    onSuccess: () => {
      announce(texts.ended(device.name));
      onEnded();
    },
    /* Also after a failure, since the device may have been signed out elsewhere. */
    onSettled: () => queryClient.invalidateQueries({ queryKey: devicesQuery.queryKey }),
  });
  return (
    <>
      <Button
        variant="secondary"
        data-color="neutral"
        aria-label={texts.endOf(device.name, format.dateTime(device.createdAt))}
        loading={end.isPending}
        aria-disabled={end.isPending}
        onClick={() => !end.isPending && end.mutate()}
      >
        {texts.end}
      </Button>
      {end.isError && <ProblemAlert error={end.error} onRetry={() => end.mutate()} />}
    </>
  );
}
