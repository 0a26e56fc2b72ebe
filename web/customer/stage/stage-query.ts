import { queryOptions, useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import type { Stage, StageAct, StagePath } from '#http/contract/stage.ts';
import { request } from '#kit/api/client.ts';
import { announce } from '../shell/announcer.tsx';
import { useStageTexts } from '../texts/stage-texts.ts';

const path: StagePath = '/__sandbox/stage';
/** Events appear at this interval, in milliseconds, while the tab is visible. */
const rereadMs = 1_000;

export const stageQuery = queryOptions({
  queryKey: ['stage'],
  queryFn: () => request<Stage>(path),
  refetchInterval: rereadMs,
  retry: false,
});

export type ActOnStage = UseMutationResult<Stage, Error, StageAct>;

/** Acts on the stage, one act after the other, and shows what it led to. */
export function useActOnStage(): ActOnStage {
  const queryClient = useQueryClient();
  const texts = useStageTexts();
  return useMutation({
    scope: { id: 'stage' },
    mutationFn: (act: StageAct) => request<Stage>(path, { method: 'POST', body: act }),
    onMutate: () => queryClient.cancelQueries({ queryKey: stageQuery.queryKey }),
    onSuccess: (stage) => {
      queryClient.setQueryData(stageQuery.queryKey, stage);
      announce(texts.done);
    },
  });
}
