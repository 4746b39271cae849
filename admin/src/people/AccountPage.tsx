import { Button, Flex, Grid, Link as PageLink, Typography } from '@strapi/design-system';
import { Check } from '@strapi/icons';
import { Blocker, Form, InputRenderer, Layouts, Page, type FormHelpers } from '@strapi/strapi/admin';
import { FreshErrors } from '../shared/components/FreshErrors';
import { Link, useParams } from 'react-router-dom';
import { useAccountQuery, useContactsQuery, useUpdateAccountMutation, type Account } from './api/people';
import { Back } from '../shared/components/Back';
import { Cell } from '../shared/components/Cell';
import { nameOfContact } from '../shared/helpdesk/names';
import { Panel } from '../shared/components/Panel';
import { useAllowed } from '../shared/hooks/useAllowed';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useText } from '../shared/hooks/useText';
import { HELPDESK, placeOfContact } from '../shared/helpdesk/places';
import { TicketsOf } from './TicketsOf';
import { PageMain } from '../shared/components/PageMain';

type Values = Pick<Account, 'name' | 'domain' | 'email'>;

const valuesOf = ({ name, domain, email }: Account): Values => ({ name, domain, email });

/** An organisation: its people and their tickets. */
export function AccountPage() {
  const text = useText();
  const { id = '' } = useParams();
  const { canEditContacts } = useAllowed();
  const { success, failure, fieldErrors } = useFeedback();
  const { data: account, isLoading, error } = useAccountQuery(id, { refetchOnMountOrArgChange: true });
  const [update] = useUpdateAccountMutation();

  if (isLoading) return <Page.Loading />;
  if (error || !account) return <Page.Error />;

  const save = async (values: Values, { setErrors, resetForm }: FormHelpers<Values>) => {
    const answer = await update({ id, data: values });
    if ('error' in answer) {
      const errors = fieldErrors(answer.error!);
      if (errors) setErrors(errors as never);
      return failure(answer.error!);
    }
    resetForm(valuesOf(answer.data));
    success(text('common.saved', { name: answer.data.name }));
  };

  return (
    <PageMain>
      <Page.Title>{account.name}</Page.Title>
      <Form<Values> method="PUT" initialValues={valuesOf(account)} onSubmit={save} disabled={!canEditContacts}>
        {({ modified, isSubmitting }) => (
          <>
            <FreshErrors />
            <Layouts.Header
              navigationAction={<Back to={`${HELPDESK}/contacts`} />}
              title={account.name}
              subtitle={account.domain ?? ''}
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
                <Panel title={text('inbox.account')}>
                  <Grid.Root gap={5}>
                    <Cell>
                      <InputRenderer type="string" name="name" label={text('people.name')} required disabled={!canEditContacts} />
                    </Cell>
                    <Cell>
                      <InputRenderer
                        type="string"
                        name="domain"
                        label={text('people.domain')}
                        hint={text('people.domainHint')}
                        disabled={!canEditContacts}
                      />
                    </Cell>
                    <Cell>
                      <InputRenderer type="email" name="email" label={text('people.email')} disabled={!canEditContacts} />
                    </Cell>
                  </Grid.Root>
                </Panel>
                <People account={id} />
                <TicketsOf account={id} />
              </Flex>
            </Layouts.Content>
            <Blocker />
          </>
        )}
      </Form>
    </PageMain>
  );
}

const SHOWN = 100;

function People({ account }: { account: string }) {
  const text = useText();
  const { data } = useContactsQuery({ account, pageSize: SHOWN });
  const contacts = data?.data ?? [];
  return (
    <Panel title={text('people.contacts')}>
      {contacts.map((contact) => (
        <Flex key={contact.documentId} gap={3} wrap="wrap">
          <PageLink tag={Link} to={placeOfContact(contact.documentId)}>
            {nameOfContact(contact)}
          </PageLink>
          <Typography textColor="neutral600" style={{ overflowWrap: 'anywhere' }}>
            {contact.email}
          </Typography>
        </Flex>
      ))}
      {data && contacts.length === 0 && <Typography textColor="neutral600">{text('people.none')}</Typography>}
    </Panel>
  );
}
