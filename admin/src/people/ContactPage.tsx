import * as React from 'react';
import { Box, Button, LinkButton } from '@strapi/design-system';
import { Mail } from '@strapi/icons';
import { Page, type FormHelpers } from '@strapi/strapi/admin';
import { useIntl } from 'react-intl';
import { Link, Navigate, useParams } from 'react-router-dom';
import { useContactQuery, useUpdateContactMutation } from '../api/people';
import { FormPage } from '../shared/components/FormPage';
import { nameOfContact } from '../shared/helpdesk/names';
import { Notice } from '../shared/components/Notice';
import { useAllowed } from '../shared/hooks/useAllowed';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useSave } from '../shared/hooks/useSave';
import { useText } from '../shared/hooks/useText';
import { HELPDESK, placeOfContact } from '../shared/helpdesk/places';
import { ContactData } from './ContactData';
import { changeOf, ContactFields, NotesField, valuesOf, type ContactValues } from './ContactFields';
import { FurtherAddresses } from './FurtherAddresses';
import { MergeContact } from './MergeContact';
import { TicketsOf } from './TicketsOf';

/** A customer: who they are, whether mail reaches them, and their tickets. */
export function ContactPage() {
  const text = useText();
  const { formatDate } = useIntl();
  const { id = '' } = useParams();
  const { canEditContacts, canEditTickets, canManageContactData, canReadTickets } = useAllowed();
  const { failure } = useFeedback();
  const save = useSave();
  const { data: contact, isLoading, error } = useContactQuery(id, { refetchOnMountOrArgChange: true });
  const [update] = useUpdateContactMutation();
  const [isGone, setIsGone] = React.useState(false);
  const [remaining, setRemaining] = React.useState<string | null>(null);

  // Without the form, which would ask what to do with its changes.
  if (isGone) return <Navigate to={`${HELPDESK}/contacts`} replace />;
  if (isLoading) return <Page.Loading />;
  if (error || !contact) return <Page.Error />;
  // Of one that was merged, or of a further address, the server hands out the remaining one.
  const place = remaining ?? contact.documentId;
  if (place !== id) return <Navigate to={placeOfContact(place)} replace />;
  // Addresses lead all tickets of the contact elsewhere, others' too.
  const mayMove = canEditContacts && canReadTickets;

  const submit = (values: ContactValues, helpers: FormHelpers<ContactValues>) =>
    save(update({ id, data: changeOf(values) }), helpers, (saved) => ({
      values: valuesOf(saved),
      message: text('common.saved', { name: nameOfContact(saved) }),
    }));
  const markDeliverable = async () => {
    const answer = await update({ id, data: { undeliverable: false } });
    if ('error' in answer) failure(answer.error!);
  };
  const { notesBy, notesAt } = contact;
  const notesHint = notesAt
    ? text('people.notesBy', { name: notesBy ?? '', when: formatDate(notesAt, { dateStyle: 'medium', timeStyle: 'short' }) })
    : text('people.notesHint');

  return (
    <FormPage<ContactValues>
      title={nameOfContact(contact)}
      subtitle={contact.email}
      back={`${HELPDESK}/contacts`}
      canSave={canEditContacts}
      initialValues={valuesOf(contact)}
      secondaryAction={canEditTickets && <WriteTo address={contact.email} />}
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
          <ContactFields account={contact.account} disabled={disabled} />
          {(mayMove || contact.furtherAddresses.length > 0) && <FurtherAddresses contact={contact} disabled={!mayMove} />}
          <NotesField hint={notesHint} disabled={disabled} />
          <TicketsOf contact={id} />
          {mayMove && <MergeContact contact={contact} onMerged={setRemaining} />}
          {canManageContactData && <ContactData contact={contact} onErased={() => setIsGone(true)} />}
        </>
      )}
    </FormPage>
  );
}

function WriteTo({ address }: { address: string }) {
  const text = useText();
  return (
    <LinkButton
      tag={Link}
      to={`${HELPDESK}/new?${new URLSearchParams({ to: address })}`}
      variant="secondary"
      size="S"
      startIcon={<Mail />}
      fullWidth
    >
      {text('people.writeTo')}
    </LinkButton>
  );
}
