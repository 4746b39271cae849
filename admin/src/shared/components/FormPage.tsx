import * as React from 'react';
import { Button, Flex } from '@strapi/design-system';
import { Check } from '@strapi/icons';
import { Blocker, Form, Layouts, Page, type FormHelpers } from '@strapi/strapi/admin';
import { FreshErrors } from './FreshErrors';
import { useText } from '../hooks/useText';
import { Back } from './Back';
import { PageMain } from './PageMain';

interface FormPageProps<V extends object> {
  title: string;
  subtitle: string;
  back: string;
  isNew?: boolean;
  /** False: everything is shown and nothing can be changed. */
  canSave?: boolean;
  initialValues: V;
  secondaryAction?: React.ReactNode;
  onSave(values: V, helpers: FormHelpers<V>): Promise<unknown>;
  children(form: { values: V; disabled: boolean }): React.ReactNode;
}

/** A page that is a form: saved with the button in its header, and not left by accident with changes in it. */
export function FormPage<V extends object>({
  title,
  subtitle,
  back,
  isNew = false,
  canSave = true,
  initialValues,
  secondaryAction,
  onSave,
  children,
}: FormPageProps<V>) {
  const text = useText();
  return (
    <PageMain>
      <Page.Title>{title}</Page.Title>
      <Form<V>
        method={isNew ? 'POST' : 'PUT'}
        initialValues={initialValues}
        disabled={!canSave}
        onSubmit={async (values, helpers) => void (await onSave(values, helpers))}
      >
        {({ modified, isSubmitting, values, disabled }) => (
          <>
            <FreshErrors />
            <Layouts.Header
              navigationAction={<Back to={back} />}
              title={title}
              subtitle={subtitle}
              secondaryAction={secondaryAction}
              primaryAction={
                canSave && (
                  <Button type="submit" startIcon={<Check />} disabled={!modified} loading={isSubmitting} size="S" fullWidth>
                    {text('common.save')}
                  </Button>
                )
              }
            />
            <Layouts.Content>
              <Flex direction="column" alignItems="stretch" gap={6}>
                {children({ values, disabled })}
              </Flex>
            </Layouts.Content>
            <Blocker />
          </>
        )}
      </Form>
    </PageMain>
  );
}
