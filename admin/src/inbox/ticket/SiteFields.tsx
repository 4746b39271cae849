import * as React from 'react';
import { Box, Button, Checkbox, Flex, SingleSelect, SingleSelectOption, Textarea, TextInput, Typography } from '@strapi/design-system';
import { useUpdateTicketMutation, type SiteField, type Ticket, type TicketChange } from '../../api/tickets';
import { Panel } from '../../shared/components/Panel';
import { When } from '../../shared/components/When';
import { useFeedback } from '../../shared/hooks/useFeedback';
import { useText } from '../../shared/hooks/useText';

interface SiteFieldsProps {
  ticket: Pick<Ticket, 'documentId' | 'siteFields'>;
  disabled: boolean;
}

type Value = SiteField['value'];

interface FieldProps {
  field: SiteField;
  /** Resolves with whether it is saved. */
  save(value: Value): Promise<boolean>;
}

/** The attributes that the site has given its tickets. A choice is saved at once, what is typed when one says so. */
export function SiteFields({ ticket: { documentId, siteFields }, disabled }: SiteFieldsProps) {
  const text = useText();
  const { failure } = useFeedback();
  const [update] = useUpdateTicketMutation();
  if (siteFields.length === 0) return null;
  const save = async (name: string, value: Value) => {
    const answer = await update({ id: documentId, data: { [name]: value } as TicketChange });
    if ('error' in answer) failure(answer.error!);
    return !('error' in answer);
  };
  return (
    <Panel title={text('ticket.siteFields')}>
      {siteFields.map((field) => {
        const props = { field, save: (value: Value) => save(field.name, value) };
        const isShown = disabled || !field.isWritable || field.type === 'moment';
        if (!isShown && field.type === 'boolean') return <Switched key={field.name} {...props} />;
        return (
          <Flex key={field.name} direction="column" alignItems="stretch" gap={1}>
            <Typography variant="pi" fontWeight="bold" textColor="neutral600">
              {field.label}
            </Typography>
            {isShown ? <Shown field={field} /> : field.type === 'choice' ? <Chosen {...props} /> : <Typed {...props} />}
          </Flex>
        );
      })}
    </Panel>
  );
}

function Shown({ field: { type, value } }: { field: SiteField }) {
  const text = useText();
  if (value === null) return <Typography textColor="neutral600">—</Typography>;
  if (type === 'moment') return <When at={String(value)} textColor="neutral800" />;
  return (
    <Typography textColor="neutral800" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
      {type === 'boolean' ? text(value ? 'common.yes' : 'common.no') : String(value)}
    </Typography>
  );
}

const Switched = ({ field: { label, value }, save }: FieldProps) => (
  <Checkbox checked={value === true} onCheckedChange={(checked: boolean) => void save(checked)}>
    {label}
  </Checkbox>
);

function Chosen({ field: { label, value, options = [], isRequired }, save }: FieldProps) {
  return (
    <SingleSelect
      size="S"
      aria-label={label}
      value={value === null ? '' : String(value)}
      onChange={(chosen: string | number) => void save(String(chosen))}
      onClear={isRequired ? undefined : () => void save(null)}
    >
      {options.map((option) => (
        <SingleSelectOption key={option} value={option}>
          {option}
        </SingleSelectOption>
      ))}
    </SingleSelect>
  );
}

const INPUT_TYPES: Partial<Record<SiteField['type'], string>> = { number: 'number', date: 'date', email: 'email' };

function Typed({ field: { label, type, value, isRequired }, save }: FieldProps) {
  const text = useText();
  const before = value === null ? '' : String(value);
  const [typed, setTyped] = React.useState(before);
  const [isSaving, setIsSaving] = React.useState(false);
  // A value that somebody else has saved meanwhile takes the place of the one that was here, but not of what is being typed.
  const [saved, setSaved] = React.useState(before);
  if (saved !== before) {
    setSaved(before);
    if (typed === saved) setTyped(before);
  }
  const isEmpty = typed.trim() === '';
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (typed === before || (isEmpty && isRequired)) return;
    setIsSaving(true);
    await save(isEmpty ? null : type === 'number' ? Number(typed) : typed);
    setIsSaving(false);
  };
  const props = {
    'aria-label': label,
    value: typed,
    onChange: (event: React.ChangeEvent<HTMLInputElement & HTMLTextAreaElement>) => setTyped(event.target.value),
  };
  return (
    <form onSubmit={submit}>
      <Flex direction="column" alignItems="stretch" gap={2}>
        {type === 'longText' ? <Textarea {...props} /> : <TextInput size="S" step="any" type={INPUT_TYPES[type] ?? 'text'} {...props} />}
        {typed !== before && (
          <Box>
            <Button type="submit" size="S" loading={isSaving} disabled={isEmpty && isRequired}>
              {text('common.save')}
            </Button>
          </Box>
        )}
      </Flex>
    </form>
  );
}
