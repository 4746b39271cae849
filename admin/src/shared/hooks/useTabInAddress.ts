import { useSearchParams } from 'react-router-dom';

/**
 * Which of these tabs is open, for `Tabs.Root`. It stands in the address: so a tab has a link, and a form asks before somebody leaves it
 * for another tab with changes that are not saved.
 */
export function useTabInAddress(names: readonly string[]) {
  const [params, setParams] = useSearchParams();
  const asked = params.get('tab');
  return {
    value: asked !== null && names.includes(asked) ? asked : names[0],
    onValueChange: (tab: string) => setParams((before) => ({ ...Object.fromEntries(before), tab }), { replace: true }),
  };
}
