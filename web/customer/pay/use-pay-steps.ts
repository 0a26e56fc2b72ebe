import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

/**
 * The steps of paying as entries of the browser's history: the form, then the review. Without a whole form the review's
 * address leads to the form.
 */
export function usePaySteps(isWhole: boolean) {
  const { step, again, from } = useSearch({ from: '/customer/pay' });
  const navigate = useNavigate();
  const { history } = useRouter();
  /* Whether the entry before the review is the form. */
  const cameFromForm = useRef(false);
  const isAstray = step === 'review' && !isWhole;
  const replaceByForm = () => navigate({ to: '/pay', search: {}, replace: true });
  useEffect(() => {
    if (isAstray) void navigate({ to: '/pay', search: {}, replace: true });
  }, [isAstray, navigate]);
  /** The form has taken over what the address asked for, so a reload opens the draft. */
  const takeOver = async () => {
    if (again !== undefined || from !== undefined) await replaceByForm();
  };
  return {
    isReview: step === 'review' && isWhole,
    takeOver,
    toReview: async () => {
      await takeOver();
      cameFromForm.current = true;
      await navigate({ to: '/pay', search: { step: 'review' } });
    },
    toForm: () => {
      if (cameFromForm.current) history.back();
      else void replaceByForm();
    },
  };
}
