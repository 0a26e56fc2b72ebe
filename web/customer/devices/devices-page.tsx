import { useQuery } from '@tanstack/react-query';
import type { Device } from '#http/contract/devices.ts';
import { devicesQuery } from '../api/queries.ts';
import { useTexts } from '../texts/texts.ts';
import { Page } from '../shell/page.tsx';
import { LoadingRows } from '#kit/parts/loading-rows.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { SettingsBackLink } from '../shell/settings-back-link.tsx';
import { DeviceRows } from './device-rows.tsx';
import { SignOutEverywhere } from './sign-out-everywhere.tsx';
import './devices.css';

export function DevicesPage() {
  const { devices: texts } = useTexts();
  const devices = useQuery(devicesQuery);
  return (
    <Page title={texts.title} lead={texts.lead} width="reading" above={<SettingsBackLink />}>
      {devices.isPending && <LoadingRows rows={2} />}
      {devices.isError && <ProblemAlert error={devices.error} onRetry={() => void devices.refetch()} />}
      {devices.data && <Devices devices={devices.data} />}
    </Page>
  );
}

function Devices({ devices }: { devices: Device[] }) {
  const { devices: texts } = useTexts();
  const onlyThis = devices.every(({ isCurrent }) => isCurrent);
  return (
    <>
      <DeviceRows devices={devices} />
      {onlyThis ? (
        <p>{texts.onlyThis}</p>
      ) : (
        <>
          <SignOutEverywhere />
          <section className="unknown-device">
            <h2>{texts.unknownTitle}</h2>
            <p>{texts.unknownText}</p>
          </section>
        </>
      )}
    </>
  );
}
