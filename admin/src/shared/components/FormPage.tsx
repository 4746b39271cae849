import * as React from 'react';
import { Flex } from '@strapi/design-system';
import { Layouts, Page, type FormHelpers } from '@strapi/strapi/admin';
import { Back } from './Back';
import { PageMain } from './PageMain';
import { SaveButton, SaveForm } from './SaveForm';

interface FormPageProps<V extends object> {
  title: string;
  subtitle: string;
  back: string;
  isNew?: boolean;
  /** False: everything is shown and nothing can be changed. */
  canSave?: boolean;
  /** It begins with something that is worth saving. */
  canSaveAsItIs?: boolean;
  initialValues: V;
  secondaryAction?: React.ReactNode;
  onSave(values: V, helpers: FormHelpers<V>): Promise<unknown>;
  children(form: { values: V; disabled: boolean }): React.ReactNode;
}

/** A page that is a form: the button in its header saves it. */
export function FormPage<V extends object>({
  title,
  subtitle,
  back,
  isNew,
  canSave = true,
  canSaveAsItIs,
  initialValues,
  secondaryAction,
  onSave,
  children,
}: FormPageProps<V>) {
  return (
    <PageMain>
      <Page.Title>{title}</Page.Title>
      <SaveForm<V> isNew={isNew} initialValues={initialValues} disabled={!canSave} onSave={onSave}>
        {(form) => (
          <>
            <Layouts.Header
              navigationAction={<Back to={back} />}
              title={title}
              subtitle={subtitle}
              secondaryAction={secondaryAction}
              primaryAction={canSave && <SaveButton size="S" fullWidth asItIs={canSaveAsItIs} />}
            />
            <Layouts.Content>
              <Flex direction="column" alignItems="stretch" gap={6}>
                {children(form)}
              </Flex>
            </Layouts.Content>
          </>
        )}
      </SaveForm>
    </PageMain>
  );
}
