import { Button } from '@strapi/design-system';
import { useStopWorkMutation, type Work } from '../shared/api/work';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useText } from '../shared/hooks/useText';

/** Asks a scan to end after its batch. */
export function StopScanButton({ work, size }: { work: Work; size?: 'S' }) {
  const text = useText();
  const { failure } = useFeedback();
  const [stop, { isLoading }] = useStopWorkMutation();
  const isStopping = isLoading || work.state === 'stopping';
  const ask = async () => {
    // Not disabled meanwhile: that would take the focus away.
    if (isStopping) return;
    const answer = await stop(work.id);
    if ('error' in answer) failure(answer.error!);
  };
  return (
    <Button
      variant="danger-light"
      size={size}
      onClick={() => void ask()}
      aria-disabled={isStopping}
      aria-label={text('scanners.stop', { name: work.scanner!.name })}
    >
      {text(isStopping ? 'work.stopping' : 'work.stop')}
    </Button>
  );
}
