import { Grid } from '@strapi/design-system';
import { InputRenderer, Page, type FormHelpers } from '@strapi/strapi/admin';
import { useParams } from 'react-router-dom';
import { useAccountQuery, useUpdateAccountMutation, type Account } from './api/people';
import { Cell } from '../shared/components/Cell';
import { FormPage } from '../shared/components/FormPage';
import { Panel } from '../shared/components/Panel';
import { useAllowed } from '../shared/hooks/useAllowed';
import { useSave } from '../shared/hooks/useSave';
import { useText } from '../shared/hooks/useText';
import { HELPDESK } from '../shared/helpdesk/places';
import { PeopleOf } from './PeopleOf';
import { TicketsOf } from './TicketsOf';

type Values = Pick<Account, 'name' | 'domain' | 'email'>;

const valuesOf = ({ name, domain, email }: Account): Values => ({ name, domain, email });

/** An organisation: its people and their tickets. */
export function AccountPage() {
  const text = useText();
  const { id = '' } = useParams();
  const { canEditContacts } = useAllowed();
  const save = useSave();
  const { data: account, isLoading, error } = useAccountQuery(id, { refetchOnMountOrArgChange: true });
  const [update] = useUpdateAccountMutation();

  if (isLoading) return <Page.Loading />;
  if (error || !account) return <Page.Error />;

  const submit = (values: Values, helpers: FormHelpers<Values>) =>
    save(update({ id, data: values }), helpers, (saved) => ({
      values: valuesOf(saved),
      message: text('common.saved', { name: saved.name }),
    }));

  return (
    <FormPage<Values>
      title={account.name}
      subtitle={account.domain ?? ''}
      back={`${HELPDESK}/accounts`}
      canSave={canEditContacts}
      initialValues={valuesOf(account)}
      onSave={submit}
    >
      {({ disabled }) => (
        <>
          <Panel title={text('inbox.account')}>
            <Grid.Root gap={5}>
              <Cell>
                <InputRenderer type="string" name="name" label={text('people.name')} required disabled={disabled} />
              </Cell>
              <Cell>
                <InputRenderer
                  type="string"
                  name="domain"
                  label={text('people.domain')}
                  hint={text('people.domainHint')}
                  disabled={disabled}
                />
              </Cell>
              <Cell>
                <InputRenderer type="email" name="email" label={text('people.email')} disabled={disabled} />
              </Cell>
            </Grid.Root>
          </Panel>
          <PeopleOf account={id} disabled={disabled} />
          <TicketsOf account={id} />
        </>
      )}
    </FormPage>
  );
}
