import * as React from 'react';
import { Box, Button, Flex, Grid, Link as PageLink } from '@strapi/design-system';
import { Check } from '@strapi/icons';
import { Blocker, Form, InputRenderer, Layouts, Page, type FormHelpers } from '@strapi/strapi/admin';
import { FreshErrors } from '../shared/components/FreshErrors';
import { Link, Navigate, useParams } from 'react-router-dom';
import { useContactQuery, useUpdateContactMutation, type ContactRow } from './api/people';
import { Back } from '../shared/components/Back';
import { Cell } from '../shared/components/Cell';
import { nameOfContact } from '../shared/helpdesk/names';
import { Notice } from '../shared/components/Notice';
import { Panel } from '../shared/components/Panel';
import { useAllowed } from '../shared/hooks/useAllowed';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useText } from '../shared/hooks/useText';
import { HELPDESK, placeOfAccount } from '../shared/helpdesk/places';
import { AccountField } from './AccountField';
import { ContactData } from './ContactData';
import { TicketsOf } from './TicketsOf';
import { PageMain } from '../shared/components/PageMain';

type Values = Pick<ContactRow, 'firstName' | 'lastName' | 'email' | 'phone' | 'account'>;

const valuesOf = ({ firstName, lastName, email, phone, account }: ContactRow): Values => ({ firstName, lastName, email, phone, account });

/** A customer: who they are, whether mail reaches them, and their tickets. */
export function ContactPage() {
  const text = useText();
  const { id = '' } = useParams();
  const { canEditContacts, canManageContactData } = useAllowed();
  const { success, failure, fieldErrors } = useFeedback();
  const { data: contact, isLoading, error } = useContactQuery(id, { refetchOnMountOrArgChange: true });
  const [update] = useUpdateContactMutation();
  const [isGone, setIsGone] = React.useState(false);

  // Without the form, which would ask what to do with its changes.
  if (isGone) return <Navigate to={`${HELPDESK}/contacts`} replace />;
  if (isLoading) return <Page.Loading />;
  if (error || !contact) return <Page.Error />;
  const title = nameOfContact(contact);

  const save = async ({ account, ...values }: Values, { setErrors, resetForm }: FormHelpers<Values>) => {
    const answer = await update({ id, data: { ...values, account: account?.documentId ?? null } });
    if ('error' in answer) {
      const errors = fieldErrors(answer.error!);
      if (errors) setErrors(errors as never);
      return failure(answer.error!);
    }
    resetForm(valuesOf(answer.data));
    success(text('common.saved', { name: nameOfContact(answer.data) }));
  };
  const markDeliverable = async () => {
    const answer = await update({ id, data: { undeliverable: false } });
    if ('error' in answer) failure(answer.error!);
  };

  return (
    <PageMain>
      <Page.Title>{title}</Page.Title>
      <Form<Values> method="PUT" initialValues={valuesOf(contact)} onSubmit={save} disabled={!canEditContacts}>
        {({ modified, isSubmitting }) => (
          <>
            <FreshErrors />
            <Layouts.Header
              navigationAction={<Back to={`${HELPDESK}/contacts`} />}
              title={title}
              subtitle={contact.email}
              primaryAction={
                canEditContacts && (
                  <Button type="submit" startIcon={<Check />} disabled={!modified} loading={isSubmitting} size="S" fullWidth>
                    {text('common.save')}
                  </Button>
                )
              }
            />
            <Layouts.Content>
              <Flex direction="column" alignItems="stretch" gap={6}>
                {contact.undeliverable && (
                  <Notice variant="warning" title={text('inbox.undeliverable')}>
                    {canEditContacts && (
                      <Box>
                        <Button size="S" variant="secondary" onClick={markDeliverable}>
                          {text('people.deliverableAgain')}
                        </Button>
                      </Box>
                    )}
                  </Notice>
                )}
                <Panel title={text('inbox.contact')}>
                  <Grid.Root gap={5}>
                    <Cell>
                      <InputRenderer type="string" name="firstName" label={text('people.firstName')} disabled={!canEditContacts} />
                    </Cell>
                    <Cell>
                      <InputRenderer type="string" name="lastName" label={text('people.lastName')} disabled={!canEditContacts} />
                    </Cell>
                    <Cell>
                      <InputRenderer type="email" name="email" label={text('people.email')} required disabled={!canEditContacts} />
                    </Cell>
                    <Cell>
                      <InputRenderer type="string" name="phone" label={text('people.phone')} disabled={!canEditContacts} />
                    </Cell>
                    <Cell>
                      <AccountField name="account" disabled={!canEditContacts} />
                      {contact.account && (
                        <Box paddingTop={2}>
                          <PageLink tag={Link} to={placeOfAccount(contact.account.documentId)}>
                            {text('people.openAccount', { name: contact.account.name })}
                          </PageLink>
                        </Box>
                      )}
                    </Cell>
                  </Grid.Root>
                </Panel>
                <TicketsOf contact={id} />
                {canManageContactData && <ContactData contact={contact} onErased={() => setIsGone(true)} />}
              </Flex>
            </Layouts.Content>
            <Blocker />
          </>
        )}
      </Form>
    </PageMain>
  );
}
