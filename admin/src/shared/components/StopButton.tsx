import { Button } from '@strapi/design-system';
import { useStopWorkMutation, type Work } from '../../api/work';
import { useFeedback } from '../hooks/useFeedback';
import { useText } from '../hooks/useText';

/** Asks work to end at its next safe moment. `label` names it where several of them stand on a page. */
export function StopButton({ work, size, label }: { work: Work; size?: 'S'; label?: string }) {
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
    <Button variant="danger-light" size={size} onClick={() => void ask()} aria-disabled={isStopping} aria-label={label}>
      {text(isStopping ? 'work.stopping' : 'work.stop')}
    </Button>
  );
}
