import * as React from 'react';
import { Button, Flex } from '@strapi/design-system';
import { Check } from '@strapi/icons';
import { Blocker, Form, useForm, type FormHelpers } from '@strapi/strapi/admin';
import { useText } from '../hooks/useText';
import { EmptyTexts } from './EmptyTexts';
import { FreshErrors } from './FreshErrors';
import { Panel } from './Panel';

interface SaveFormProps<V extends object> {
  initialValues: V;
  isNew?: boolean;
  /** Shows everything and lets the user change nothing. */
  disabled?: boolean;
  onSave(values: V, helpers: FormHelpers<V>): Promise<unknown>;
  children(form: { values: V; disabled: boolean; modified: boolean }): React.ReactNode;
}

/** Each form with a button that saves it. It asks before the user leaves it with unsaved changes. */
export function SaveForm<V extends object>({ initialValues, isNew = false, disabled, onSave, children }: SaveFormProps<V>) {
  return (
    <Form<V>
      method={isNew ? 'POST' : 'PUT'}
      initialValues={initialValues}
      disabled={disabled}
      onSubmit={async (values, helpers) => void (await onSave(values, helpers))}
    >
      {(form) => (
        <>
          <FreshErrors />
          <EmptyTexts />
          {children(form)}
          <Blocker />
        </>
      )}
    </Form>
  );
}

/** Saves the form around it: once something in it has changed, or at once what it began with. */
export function SaveButton({ size, fullWidth, asItIs = false }: { size?: 'S'; fullWidth?: boolean; asItIs?: boolean }) {
  const text = useText();
  const modified = useForm('SaveButton', (form) => form.modified);
  const isSubmitting = useForm('SaveButton', (form) => form.isSubmitting);
  return (
    <Button type="submit" startIcon={<Check />} disabled={!modified && !asItIs} loading={isSubmitting} size={size} fullWidth={fullWidth}>
      {text('common.save')}
    </Button>
  );
}

interface SavePanelProps {
  title: string;
  hint?: string;
  /** False: there is nothing to save. */
  canSave?: boolean;
  /** Beside the button that saves. */
  actions?: React.ReactNode;
  children: React.ReactNode;
}

/** Fields in a panel that is one of several on its page, with the button that saves them below. */
export function SavePanel({ title, hint, canSave = true, actions, children }: SavePanelProps) {
  return (
    <Panel title={title} hint={hint}>
      {children}
      {canSave && (
        <Flex gap={3} wrap="wrap">
          <SaveButton />
          {actions}
        </Flex>
      )}
    </Panel>
  );
}
