import * as React from 'react';
import { Page, type FormHelpers } from '@strapi/strapi/admin';
import { Navigate, useNavigate, useParams } from 'react-router-dom';
import { useAccountQuery, useAddAccountMutation, useUpdateAccountMutation, type Account } from '../api/people';
import { FormPage } from '../shared/components/FormPage';
import { useAllowed } from '../shared/hooks/useAllowed';
import { useSave } from '../shared/hooks/useSave';
import { useText } from '../shared/hooks/useText';
import { HELPDESK, placeOfAccount } from '../shared/helpdesk/places';
import { permissions } from '../shared/permissions';
import { AccountFields, type AccountValues } from './AccountFields';
import { MergeAccount } from './MergeAccount';
import { PeopleOf } from './PeopleOf';
import { TicketsOf } from './TicketsOf';

const ACCOUNTS = `${HELPDESK}/accounts`;

const valuesOf = ({ name, domain, email }: Account): AccountValues => ({ name, domain, email });

/** An organisation: its people and their tickets. */
export function AccountPage() {
  const text = useText();
  const { id = '' } = useParams();
  const { canEditContacts, canReadTickets } = useAllowed();
  const save = useSave();
  const { data: account, isLoading, error } = useAccountQuery(id, { refetchOnMountOrArgChange: true });
  const [update] = useUpdateAccountMutation();
  const [remaining, setRemaining] = React.useState<string | null>(null);

  if (isLoading) return <Page.Loading />;
  if (error || !account) return <Page.Error />;
  // Of one that was merged, the server hands out the remaining one.
  const place = remaining ?? account.documentId;
  if (place !== id) return <Navigate to={placeOfAccount(place)} replace />;

  const submit = (values: AccountValues, helpers: FormHelpers<AccountValues>) =>
    save(update({ id, data: values }), helpers, (saved) => ({
      values: valuesOf(saved),
      message: text('common.saved', { name: saved.name }),
    }));

  return (
    <FormPage<AccountValues>
      title={account.name}
      subtitle={[account.domain, ...(account.furtherDomains ?? [])].filter(Boolean).join(', ')}
      back={ACCOUNTS}
      canSave={canEditContacts}
      initialValues={valuesOf(account)}
      onSave={submit}
    >
      {({ disabled }) => (
        <>
          <AccountFields disabled={disabled} />
          <PeopleOf account={id} disabled={disabled} />
          <TicketsOf account={id} />
          {canEditContacts && canReadTickets && <MergeAccount account={account} onMerged={setRemaining} />}
        </>
      )}
    </FormPage>
  );
}

export const NewAccountPage = () => (
  <Page.Protect permissions={permissions.editContacts}>
    <NewAccountForm />
  </Page.Protect>
);

function NewAccountForm() {
  const text = useText();
  const navigate = useNavigate();
  const save = useSave();
  const [add] = useAddAccountMutation();
  const submit = async (values: AccountValues, helpers: FormHelpers<AccountValues>) => {
    const added = await save(add(values), helpers, ({ name }) => ({ values, message: text('common.saved', { name }) }));
    if (added) navigate(placeOfAccount(added.documentId), { replace: true });
  };
  return (
    <FormPage<AccountValues>
      title={text('people.newAccount')}
      subtitle=""
      back={ACCOUNTS}
      isNew
      initialValues={{ name: '', domain: null, email: null }}
      onSave={submit}
    >
      {({ disabled }) => <AccountFields disabled={disabled} />}
    </FormPage>
  );
}
