import type { Scanner } from '../api/scanners';
import { useDeleteScannerMutation } from '../api/scanners';
import { DeleteDialog } from '../shared/components/DeleteDialog';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useText } from '../shared/hooks/useText';

/** Asks, and says what stays (tickets) and what goes. */
export function DeleteScannerDialog({ scanner, onClose }: { scanner: Scanner; onClose(): void }) {
  const text = useText();
  const { success, failure } = useFeedback();
  const [remove] = useDeleteScannerMutation();
  const confirm = async () => {
    const answer = await remove(scanner.documentId);
    onClose();
    if ('error' in answer) return failure(answer.error!);
    success(text('scanners.deleted', { name: scanner.name }));
  };
  return (
    <DeleteDialog open title={text('scanners.deleteTitle', { name: scanner.name })} onClose={onClose} onConfirm={confirm}>
      {text('scanners.deleteText', { rules: scanner.ruleCount, messages: scanner.messagesScanned })}
    </DeleteDialog>
  );
}
