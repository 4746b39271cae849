import * as React from 'react';
import { Box, Button, Grid, Link as PageLink } from '@strapi/design-system';
import { InputRenderer, Page, type FormHelpers } from '@strapi/strapi/admin';
import { useIntl } from 'react-intl';
import { Link, Navigate, useParams } from 'react-router-dom';
import { useContactQuery, useUpdateContactMutation, type ContactRow } from './api/people';
import { LANGUAGES, type Language } from '../../../shared/vocabulary';
import { Cell } from '../shared/components/Cell';
import { Choice } from '../shared/components/Choice';
import { FormPage } from '../shared/components/FormPage';
import { nameOfContact } from '../shared/helpdesk/names';
import { Notice } from '../shared/components/Notice';
import { Panel } from '../shared/components/Panel';
import { useAllowed } from '../shared/hooks/useAllowed';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useSave } from '../shared/hooks/useSave';
import { useText } from '../shared/hooks/useText';
import { HELPDESK, placeOfAccount } from '../shared/helpdesk/places';
import { AccountField } from './AccountField';
import { ContactData } from './ContactData';
import { TicketsOf } from './TicketsOf';

/** A field without a value would show its placeholder. */
const UNKNOWN = 'unknown';

type Values = Pick<ContactRow, 'firstName' | 'lastName' | 'email' | 'phone' | 'account'> & { language: Language | typeof UNKNOWN };

const valuesOf = ({ firstName, lastName, email, phone, account, language }: ContactRow): Values => ({
  firstName,
  lastName,
  email,
  phone,
  account,
  language: language ?? UNKNOWN,
});

/** A customer: who they are, whether mail reaches them, and their tickets. */
export function ContactPage() {
  const text = useText();
  const { id = '' } = useParams();
  const { canEditContacts, canManageContactData } = useAllowed();
  const { failure } = useFeedback();
  const save = useSave();
  const { data: contact, isLoading, error } = useContactQuery(id, { refetchOnMountOrArgChange: true });
  const [update] = useUpdateContactMutation();
  const [isGone, setIsGone] = React.useState(false);

  // Without the form, which would ask what to do with its changes.
  if (isGone) return <Navigate to={`${HELPDESK}/contacts`} replace />;
  if (isLoading) return <Page.Loading />;
  if (error || !contact) return <Page.Error />;

  const submit = ({ account, language, ...values }: Values, helpers: FormHelpers<Values>) =>
    save(
      update({ id, data: { ...values, account: account?.documentId ?? null, language: language === UNKNOWN ? null : language } }),
      helpers,
      (saved) => ({
        values: valuesOf(saved),
        message: text('common.saved', { name: nameOfContact(saved) }),
      }),
    );
  const markDeliverable = async () => {
    const answer = await update({ id, data: { undeliverable: false } });
    if ('error' in answer) failure(answer.error!);
  };

  return (
    <FormPage<Values>
      title={nameOfContact(contact)}
      subtitle={contact.email}
      back={`${HELPDESK}/contacts`}
      canSave={canEditContacts}
      initialValues={valuesOf(contact)}
      onSave={submit}
    >
      {({ disabled }) => (
        <>
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
          <ContactFields contact={contact} disabled={disabled} />
          <TicketsOf contact={id} />
          {canManageContactData && <ContactData contact={contact} onErased={() => setIsGone(true)} />}
        </>
      )}
    </FormPage>
  );
}

function ContactFields({ contact: { account }, disabled }: { contact: ContactRow; disabled: boolean }) {
  const text = useText();
  const { locale } = useIntl();
  const names = new Intl.DisplayNames([locale], { type: 'language' });
  const languages = LANGUAGES.map((language) => ({ value: language, label: names.of(language) ?? language }));
  return (
    <Panel title={text('inbox.contact')}>
      <Grid.Root gap={5}>
        <Cell>
          <InputRenderer type="string" name="firstName" label={text('people.firstName')} disabled={disabled} />
        </Cell>
        <Cell>
          <InputRenderer type="string" name="lastName" label={text('people.lastName')} disabled={disabled} />
        </Cell>
        <Cell>
          <InputRenderer type="email" name="email" label={text('people.email')} required disabled={disabled} />
        </Cell>
        <Cell>
          <InputRenderer type="string" name="phone" label={text('people.phone')} disabled={disabled} />
        </Cell>
        <Cell>
          <Choice
            name="language"
            label={text('people.language')}
            hint={text('people.languageHint')}
            options={[{ value: UNKNOWN, label: text('people.languageUnknown') }, ...languages]}
            disabled={disabled}
          />
        </Cell>
        <Cell>
          <AccountField name="account" disabled={disabled} />
          {account && (
            <Box paddingTop={2}>
              <PageLink tag={Link} to={placeOfAccount(account.documentId)}>
                {text('people.openAccount', { name: account.name })}
              </PageLink>
            </Box>
          )}
        </Cell>
      </Grid.Root>
    </Panel>
  );
}
