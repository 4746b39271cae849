import * as React from 'react';
import { Button, Flex, Typography } from '@strapi/design-system';
import { useNavigate } from 'react-router-dom';
import { ModalDialog } from '../../shared/components/ModalDialog';
import { useFeedback } from '../../shared/hooks/useFeedback';
import { useText } from '../../shared/hooks/useText';
import { useSaveViewMutation } from '../../api/savedViews';
import { useSavedView } from './useSavedView';
import { ViewForm } from './ViewForm';
import { isNarrowed, linkToView } from './viewQuery';

/** Saves what the list asks for: as a view, or in the one that it was opened by. Nothing where there is nothing to be saved. */
export function SaveView() {
  const text = useText();
  const navigate = useNavigate();
  const { success, failure } = useFeedback();
  const { current, filters, isChanged, mayChange } = useSavedView();
  const [isOpen, setIsOpen] = React.useState(false);
  const [save, { isLoading }] = useSaveViewMutation();
  const saveChanges = async () => {
    const answer = await save({ id: current!.documentId, data: { filters } });
    if ('error' in answer) return failure(answer.error!);
    success(text('common.saved', { name: answer.data.name }));
  };
  if (current ? !isChanged : !isNarrowed(filters)) return null;
  return (
    <>
      {current && mayChange(current) && (
        <Button variant="secondary" size="S" loading={isLoading} onClick={saveChanges}>
          {text('savedViews.saveChanges')}
        </Button>
      )}
      <Button variant="tertiary" size="S" onClick={() => setIsOpen(true)}>
        {text('savedViews.save')}
      </Button>
      {isOpen && (
        <ModalDialog title={text('savedViews.save')} onClose={() => setIsOpen(false)} wayOut="none">
          <Flex direction="column" alignItems="stretch" gap={4}>
            <Typography textColor="neutral800">{text('savedViews.hint')}</Typography>
            <ViewForm
              filters={filters}
              onCancel={() => setIsOpen(false)}
              onSaved={(view) => {
                setIsOpen(false);
                navigate(linkToView(view));
              }}
            />
          </Flex>
        </ModalDialog>
      )}
    </>
  );
}
