import * as React from 'react';
import { Button, Checkbox, Field, Flex, TextInput } from '@strapi/design-system';
import { useAllowed } from '../../shared/hooks/useAllowed';
import { useFeedback } from '../../shared/hooks/useFeedback';
import { useText } from '../../shared/hooks/useText';
import { useSaveViewMutation, type SavedView, type ViewFilters } from '../../api/savedViews';
import { NAME_LENGTH } from '../../../../shared/lengths';

interface ViewFormProps {
  /** The view that is changed; without one, these filters are saved as a new one. */
  view?: SavedView;
  filters?: ViewFilters;
  onSaved(view: SavedView): void;
  onCancel(): void;
}

/** The name of a view, and whose it is. A refusal stands below the name, and what was typed stays. */
export function ViewForm({ view, filters, onSaved, onCancel }: ViewFormProps) {
  const text = useText();
  const { canManageSharedViews } = useAllowed();
  const { success, failure, fieldErrors } = useFeedback();
  const [name, setName] = React.useState(view?.name ?? '');
  const [isShared, setIsShared] = React.useState(view?.isShared ?? false);
  const [refusal, setRefusal] = React.useState<string>();
  const [save, { isLoading }] = useSaveViewMutation();
  const field = React.useRef<HTMLInputElement>(null);
  // The button that opened the form is not there any more.
  React.useEffect(() => field.current?.focus(), []);
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (isLoading || name.trim() === '') return;
    const answer = await save({ id: view?.documentId ?? null, data: { name: name.trim(), isShared, filters } });
    if ('error' in answer) {
      const said = fieldErrors(answer.error!)?.name;
      return said ? setRefusal(said) : failure(answer.error!);
    }
    success(text('common.saved', { name: answer.data.name }));
    onSaved(answer.data);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Field.Root name="viewName" error={refusal} required>
          <Field.Label>{text('scanners.name')}</Field.Label>
          <TextInput
            ref={field}
            maxLength={NAME_LENGTH}
            autoComplete="off"
            value={name}
            onChange={(event: React.ChangeEvent<HTMLInputElement>) => {
              setName(event.target.value);
              setRefusal(undefined);
            }}
          />
          <Field.Error />
        </Field.Root>
        {canManageSharedViews && (
          <Checkbox checked={isShared} onCheckedChange={(checked: boolean | 'indeterminate') => setIsShared(checked === true)}>
            {text('savedViews.forTeam')}
          </Checkbox>
        )}
        <Flex gap={2}>
          <Button type="submit" size="S" disabled={name.trim() === ''} loading={isLoading}>
            {text('common.save')}
          </Button>
          <Button variant="tertiary" size="S" onClick={onCancel}>
            {text('ticket.cancel')}
          </Button>
        </Flex>
      </Flex>
    </form>
  );
}
