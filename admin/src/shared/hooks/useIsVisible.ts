import * as React from 'react';

/** Whether the window can be seen. */
export const useIsVisible = (): boolean => React.useSyncExternalStore(onVisibility, () => document.visibilityState === 'visible');

function onVisibility(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener);
  return () => document.removeEventListener('visibilitychange', listener);
}
