import type { OlderUnread } from '../../../shared/vocabulary';
import * as React from 'react';
import { Button, Typography } from '@strapi/design-system';
import { useCountUnreadMutation, useUpdateScannerMutation, type Scanner } from '../api/scanners';
import { ModalDialog } from '../shared/components/ModalDialog';
import { Notice } from '../shared/components/Notice';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useText } from '../shared/hooks/useText';
import { OlderUnreadAnswers, OlderUnreadQuestion } from './OlderUnreadQuestion';

/** What is asked before a scanner becomes active: how many unread emails lie there, or why nobody knows. */
type Question = { scanner: Scanner } & ({ count: number } | { reason: string });

interface Activation {
  /** Activates the scanner; first it asks what is to become of the unread emails that lie there, if there are any. */
  activate(scanner: Scanner): Promise<void>;
  isBusy: boolean;
  dialog: React.ReactNode;
}

export function useActivation(): Activation {
  const text = useText();
  const { success, failure, describeError } = useFeedback();
  const [countUnread, { isLoading: isCounting }] = useCountUnreadMutation();
  const [update, { isLoading: isSaving }] = useUpdateScannerMutation();
  const [question, setQuestion] = React.useState<Question | null>(null);

  const finish = async (scanner: Scanner, unread?: OlderUnread, count = 0) => {
    const answer = await update({ id: scanner.documentId, data: { active: true, ...(unread ? { unread } : {}) } });
    setQuestion(null);
    if ('error' in answer) return failure(answer.error!);
    success(text(unread === 'take' ? 'scanners.activatedTaking' : 'scanners.activated', { name: scanner.name, count }));
  };
  const activate = async (scanner: Scanner) => {
    const answer = await countUnread(scanner.documentId);
    if ('error' in answer) return setQuestion({ scanner, reason: describeError(answer.error!) });
    const { count } = answer.data;
    return count ? setQuestion({ scanner, count }) : finish(scanner);
  };
  const dialog = question && <Dialog question={question} isSaving={isSaving} onClose={() => setQuestion(null)} onAnswer={finish} />;
  return { activate, isBusy: isCounting || isSaving, dialog };
}

interface DialogProps {
  question: Question;
  isSaving: boolean;
  onClose(): void;
  onAnswer(scanner: Scanner, unread?: OlderUnread, count?: number): void;
}

function Dialog({ question, isSaving, onClose, onAnswer }: DialogProps) {
  const text = useText();
  const { scanner } = question;
  return (
    <ModalDialog
      title={text('scanners.activateTitle', { name: scanner.name })}
      onClose={onClose}
      actions={
        'count' in question ? (
          <OlderUnreadAnswers isDisabled={isSaving} onAnswer={(answer) => onAnswer(scanner, answer, question.count)} />
        ) : (
          <Button disabled={isSaving} onClick={() => onAnswer(scanner)}>
            {text('scanners.activateAnyway')}
          </Button>
        )
      }
    >
      {'count' in question ? (
        <OlderUnreadQuestion scanner={scanner} count={question.count} />
      ) : (
        <Notice variant="warning" title={text('scanners.uncounted')}>
          <Typography textColor="neutral800">{question.reason}</Typography>
          <Typography textColor="neutral800">{text('scanners.uncountedText')}</Typography>
        </Notice>
      )}
    </ModalDialog>
  );
}
