import * as React from 'react';
import { Box, Field, Flex, IconButton, Menu, Textarea, Typography } from '@strapi/design-system';
import { Plus, Trash } from '@strapi/icons';
import { useField, useForm } from '@strapi/strapi/admin';
import type { ConfigField, RuleAction } from '../api/rules';
import { useText } from '../shared/hooks/useText';
import type { ActionFormProps, ActionsEditorProps } from './actionForm';
import { AssignForm } from './AssignForm';
import { ConfigForm } from './ConfigForm';
import { errorsIn } from './errorsIn';
import { FolderInput } from './FolderInput';
import { MoveButtons } from './MoveButtons';
import { SetFieldsForm } from './SetFieldsForm';
import { TagsInput } from './TagsInput';
import { NoteForm, NotifyForm, ReplyForm, WebhookForm } from './TellForms';
import { TicketActionForm } from './TicketActionForm';
import { MenuContent } from '../shared/components/OpenMenu';

/** What the built-in actions ask for; null: nothing. */
const FORMS: Record<string, React.ComponentType<ActionFormProps> | null> = {
  createContact: null,
  deleteMessage: null,
  moveToFolder: FolderInput,
  setTags: TagsInput,
  createOrUpdateTicket: TicketActionForm,
  setFields: SetFieldsForm,
  assign: AssignForm,
  answerCustomer: ReplyForm,
  notifyPeople: NotifyForm,
  writeNote: NoteForm,
  callWebhook: WebhookForm,
  ignore: null,
  stop: null,
};

/** The actions of a rule in their order. */
export function ActionsEditor(props: ActionsEditorProps) {
  const { schema, words, disabled } = props;
  const text = useText();
  const { value: actions = [], onChange } = useField<RuleAction[]>('actions');
  const errors = useForm('ActionsEditor', (form) => form.errors) as { actions?: unknown[] };
  const set = (next: RuleAction[]) => onChange('actions', next);
  const move = (from: number, to: number) => {
    const next = [...actions];
    next.splice(to, 0, ...next.splice(from, 1));
    set(next);
  };
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      {actions.length === 0 && (
        <Typography textColor="neutral600">{text(props.scannerId ? 'actions.none' : 'actions.noneOfTrigger')}</Typography>
      )}
      <Flex tag="ol" direction="column" alignItems="stretch" gap={3} aria-label={text('rule.actions')}>
        {actions.map((action, index) => {
          const name = words.actionType(action.type);
          const fields = schema.actions.find(({ type }) => type === action.type)?.fields;
          const problems = errorsIn(
            Array.isArray(errors.actions) ? errors.actions[index] : (errors.actions as Record<string, unknown> | undefined)?.[index],
          );
          return (
            <Box tag="li" key={`${index}-${action.type}`} borderColor="neutral200" hasRadius padding={4}>
              <Flex justifyContent="space-between" gap={3}>
                <Typography variant="omega" fontWeight="bold" tag="h3">{`${index + 1}. ${name}`}</Typography>
                {!disabled && (
                  <Flex gap={1}>
                    <MoveButtons
                      name={name}
                      isFirst={index === 0}
                      isLast={index === actions.length - 1}
                      onUp={() => move(index, index - 1)}
                      onDown={() => move(index, index + 1)}
                    />
                    <IconButton
                      type="button"
                      variant="ghost"
                      label={text('actions.remove', { name })}
                      onClick={() => set(actions.filter((_, other) => other !== index))}
                    >
                      <Trash />
                    </IconButton>
                  </Flex>
                )}
              </Flex>
              {asksForSomething(action.type, fields) && (
                <Box paddingTop={3}>
                  <ActionForm
                    {...props}
                    type={action.type}
                    fields={fields}
                    config={action.config ?? {}}
                    onChange={(config) => set(actions.map((old, other) => (other === index ? { ...old, config } : old)))}
                  />
                </Box>
              )}
              {problems.map((problem) => (
                <Typography key={problem} tag="p" textColor="danger600" role="alert">
                  {problem}
                </Typography>
              ))}
            </Box>
          );
        })}
      </Flex>
      {!disabled && (
        <Flex>
          <Menu.Root>
            <Menu.Trigger variant="secondary" size="S" startIcon={<Plus />}>
              {text('actions.add')}
            </Menu.Trigger>
            <MenuContent>
              {schema.actions.map(({ type }) => (
                <Menu.Item key={type} onSelect={() => set([...actions, { type, config: {} }])}>
                  {words.actionType(type)}
                </Menu.Item>
              ))}
            </MenuContent>
          </Menu.Root>
        </Flex>
      )}
    </Flex>
  );
}

type Fields = ConfigField[] | null | undefined;

const asksForSomething = (type: string, fields: Fields): boolean => (type in FORMS ? FORMS[type] !== null : fields?.length !== 0);

function ActionForm({ type, fields, ...props }: ActionFormProps & { type: string; fields: Fields }) {
  const Own = FORMS[type];
  if (Own) return <Own {...props} />;
  return fields ? <ConfigForm {...props} fields={fields} /> : <JsonForm {...props} />;
}

/** The settings of an action as JSON: its schema is too complex for a form, or no plugin registers the action any more. */
function JsonForm({ config, onChange, disabled }: ActionFormProps) {
  const text = useText();
  const [typed, setTyped] = React.useState(() => JSON.stringify(config, null, 2));
  const [valid, setValid] = React.useState(true);
  const change = (event: React.ChangeEvent<HTMLTextAreaElement>) => {
    setTyped(event.target.value);
    try {
      onChange(JSON.parse(event.target.value));
      setValid(true);
    } catch {
      setValid(false);
    }
  };
  return (
    <Field.Root name="config" error={valid ? undefined : text('actions.notJson')}>
      <Field.Label>{text('actions.settings')}</Field.Label>
      <Textarea value={typed} onChange={change} disabled={disabled} style={{ fontFamily: 'monospace' }} />
      <Field.Error />
    </Field.Root>
  );
}
