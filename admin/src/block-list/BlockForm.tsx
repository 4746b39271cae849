import { Field, Textarea } from '@strapi/design-system';
import { useField, type FormHelpers } from '@strapi/strapi/admin';
import { useNavigate } from 'react-router-dom';
import { FormPage } from '../shared/components/FormPage';
import { Panel } from '../shared/components/Panel';
import { useSave } from '../shared/hooks/useSave';
import { useText } from '../shared/hooks/useText';
import { useBlockMutation } from '../api/blockList';

interface Values {
  targets: string;
  note: string;
}

/** Addresses and domains to be blocked, as somebody types or pastes them. */
export function BlockForm() {
  const text = useText();
  const navigate = useNavigate();
  const save = useSave();
  const [block] = useBlockMutation();
  const submit = async (values: Values, helpers: FormHelpers<Values>) => {
    const request = block({ targets: values.targets.split('\n'), note: values.note });
    const saved = await save(request, helpers, ({ added }) => ({ values, message: text('blocks.saved', { count: added.length }) }));
    if (saved) navigate('..');
  };
  return (
    <FormPage<Values>
      isNew
      title={text('blocks.add')}
      subtitle={text('blocks.subtitle')}
      back=".."
      initialValues={{ targets: '', note: '' }}
      onSave={submit}
    >
      {() => (
        <Panel>
          <Lines name="targets" label={text('blocks.targets')} hint={text('blocks.targetsHint')} rows={8} required />
          <Lines name="note" label={text('blocks.note')} rows={2} />
        </Panel>
      )}
    </FormPage>
  );
}

interface LinesProps {
  name: keyof Values;
  label: string;
  hint?: string;
  rows: number;
  required?: boolean;
}

function Lines({ name, label, hint, rows, required }: LinesProps) {
  const { value, onChange, error } = useField<string>(name);
  return (
    <Field.Root name={name} error={error} hint={hint} required={required}>
      <Field.Label>{label}</Field.Label>
      <Textarea rows={rows} value={value ?? ''} onChange={onChange} />
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
}
