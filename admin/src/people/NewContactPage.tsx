import { Page, type FormHelpers } from '@strapi/strapi/admin';
import { useNavigate } from 'react-router-dom';
import { useAddContactMutation } from '../api/people';
import { FormPage } from '../shared/components/FormPage';
import { useSave } from '../shared/hooks/useSave';
import { useText } from '../shared/hooks/useText';
import { HELPDESK, placeOfContact } from '../shared/helpdesk/places';
import { permissions } from '../shared/permissions';
import { changeOf, ContactFields, NEW_CONTACT, NotesField, type ContactValues } from './ContactFields';

export const NewContactPage = () => (
  <Page.Protect permissions={permissions.editContacts}>
    <NewContactForm />
  </Page.Protect>
);

/** Somebody who has not written yet. */
function NewContactForm() {
  const text = useText();
  const navigate = useNavigate();
  const save = useSave();
  const [add] = useAddContactMutation();
  const submit = async (values: ContactValues, helpers: FormHelpers<ContactValues>) => {
    let place: string | null = null;
    await save(add(changeOf(values)), helpers, (added) => {
      // Who sees only their own tickets is not told of a contact that has none of these.
      place = added ? placeOfContact(added.documentId) : `${HELPDESK}/contacts`;
      return { values, message: text('common.saved', { name: values.email }) };
    });
    if (place) navigate(place, { replace: true });
  };
  return (
    <FormPage<ContactValues>
      title={text('people.new')}
      subtitle=""
      back={`${HELPDESK}/contacts`}
      isNew
      initialValues={NEW_CONTACT}
      onSave={submit}
    >
      {({ disabled }) => (
        <>
          <ContactFields account={null} disabled={disabled} />
          <NotesField hint={text('people.notesHint')} disabled={disabled} />
        </>
      )}
    </FormPage>
  );
}
