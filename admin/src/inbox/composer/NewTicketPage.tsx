import { PRIORITIES, type Priority } from '../../../../shared/vocabulary';
import * as React from 'react';
import { Button, Field, Flex, Grid, SingleSelect, SingleSelectOption, TextButton, TextInput, Typography } from '@strapi/design-system';
import { PaperPlane } from '@strapi/icons';
import { Layouts, Page } from '@strapi/strapi/admin';
import { useAssigneesQuery } from '../../api/tickets';
import { useNewTicketOffersQuery, type NewTicketOffers } from '../../api/ticketActions';
import { AssigneeSelect } from '../AssigneeSelect';
import { BlockedNote } from '../BlockedNote';
import { ContactInput } from '../ContactInput';
import { Back } from '../../shared/components/Back';
import { Cell } from '../../shared/components/Cell';
import { Notice } from '../../shared/components/Notice';
import { PageMain } from '../../shared/components/PageMain';
import { Panel } from '../../shared/components/Panel';
import { nameOfContact } from '../../shared/helpdesk/names';
import { HELPDESK } from '../../shared/helpdesk/places';
import { useAllowed } from '../../shared/hooks/useAllowed';
import { useText } from '../../shared/hooks/useText';
import { permissions } from '../../shared/permissions';
import { FirstMessage } from './FirstMessage';
import { useKnownContact, useNewTicket, type NewTicketState } from './useNewTicket';
import { LINE_LENGTH } from '../../../../shared/lengths';

export const NewTicketPage = () => (
  <Page.Protect permissions={permissions.editTickets}>
    <WithOffers />
  </Page.Protect>
);

function WithOffers() {
  const { data, error } = useNewTicketOffersQuery({});
  if (!data) return error ? <Page.Error /> : <Page.Loading />;
  return <NewTicketForm offers={data} />;
}

/** A ticket that begins with us: the customer gets the first message by email, unless it is internal. */
function NewTicketForm({ offers }: { offers: NewTicketOffers }) {
  const text = useText();
  const { canWriteNotes } = useAllowed();
  const form = useNewTicket(offers);
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    return form.submit();
  };
  return (
    <PageMain>
      <Page.Title>{text('newTicket.open')}</Page.Title>
      <form onSubmit={submit}>
        <Layouts.Header
          title={text('newTicket.open')}
          subtitle={text('newTicket.subtitle')}
          navigationAction={<Back to={HELPDESK} />}
          primaryAction={
            <Button
              type="submit"
              size="S"
              startIcon={form.sends ? <PaperPlane /> : undefined}
              disabled={!form.canSubmit}
              loading={form.isLoading}
              fullWidth
            >
              {text(form.sends ? 'newTicket.send' : 'newTicket.save')}
            </Button>
          }
        />
        <Layouts.Content>
          <Flex direction="column" alignItems="stretch" gap={6}>
            {form.beginAnew && (
              <Notice variant="info">
                <Flex gap={4} wrap="wrap" justifyContent="space-between">
                  <Typography textColor="neutral800">{text('newTicket.kept')}</Typography>
                  <TextButton type="button" onClick={form.beginAnew}>
                    {text('newTicket.anew')}
                  </TextButton>
                </Flex>
              </Notice>
            )}
            <Panel>
              <Grid.Root gap={5}>
                <ContactFields form={form} />
                <TicketFields form={form} />
              </Grid.Root>
            </Panel>
            {canWriteNotes && <FirstMessage form={form} />}
          </Flex>
        </Layouts.Content>
      </form>
    </PageMain>
  );
}

/** Who the ticket is about, and their name when they are new here. */
function ContactFields({ form: { ticket, change, errors, sends } }: { form: NewTicketState }) {
  const text = useText();
  const known = useKnownContact(ticket.email);
  return (
    <>
      <Cell>
        <Field.Root
          name="contactEmail"
          error={errors.contactEmail}
          hint={known ? nameOfContact(known) : text('newTicket.contactHint')}
          required={sends}
        >
          <Field.Label>{text('inbox.contact')}</Field.Label>
          <ContactInput value={ticket.email} onChange={(email) => change({ email })} placeholder={text('people.contactPlaceholder')} />
          <BlockedNote addresses={[ticket.email.trim()]} />
          <Field.Hint />
          <Field.Error />
        </Field.Root>
      </Cell>
      <Cell>
        {known === null && (
          <Field.Root name="contactName" hint={text('newTicket.newContact')}>
            <Field.Label>{text('people.name')}</Field.Label>
            <TextInput
              value={ticket.name}
              maxLength={LINE_LENGTH}
              onChange={(event: React.ChangeEvent<HTMLInputElement>) => change({ name: event.target.value })}
            />
            <Field.Hint />
          </Field.Root>
        )}
        {known?.undeliverable && <Notice variant="warning">{text('inbox.undeliverable')}</Notice>}
      </Cell>
    </>
  );
}

function TicketFields({ form: { ticket, change, errors } }: { form: NewTicketState }) {
  const text = useText();
  const { data: agents = [] } = useAssigneesQuery();
  return (
    <>
      <Cell col={12}>
        <Field.Root name="title" error={errors.title} required>
          <Field.Label>{text('newTicket.title')}</Field.Label>
          <TextInput
            value={ticket.title}
            maxLength={LINE_LENGTH}
            onChange={(event: React.ChangeEvent<HTMLInputElement>) => change({ title: event.target.value })}
          />
          <Field.Error />
        </Field.Root>
      </Cell>
      <Cell>
        <Field.Root name="assignee">
          <Field.Label>{text('inbox.assignee')}</Field.Label>
          <AssigneeSelect
            label={text('inbox.assignee')}
            value={agents.find(({ id }) => id === ticket.assignee) ?? null}
            onChange={(assignee) => change({ assignee })}
          />
        </Field.Root>
      </Cell>
      <Cell>
        <Field.Root name="priority">
          <Field.Label>{text('inbox.priority')}</Field.Label>
          <SingleSelect
            size="S"
            aria-label={text('inbox.priority')}
            value={ticket.priority}
            onChange={(priority: string | number) => change({ priority: priority as Priority })}
          >
            {PRIORITIES.map((value) => (
              <SingleSelectOption key={value} value={value}>
                {text(`inbox.priority.${value}`)}
              </SingleSelectOption>
            ))}
          </SingleSelect>
        </Field.Root>
      </Cell>
    </>
  );
}
