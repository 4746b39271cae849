import * as React from 'react';
import { Box, Button, Field, Flex, Grid, SingleSelect, SingleSelectOption, Textarea, TextInput, Typography } from '@strapi/design-system';
import { Lock, PaperPlane } from '@strapi/icons';
import { Layouts, Page, useAuth, useDebounce } from '@strapi/strapi/admin';
import { useNavigate } from 'react-router-dom';
import { useContactsQuery, type ContactRow } from '../../people/api/people';
import { useOpenTicketMutation } from '../api/ticketActions';
import { PRIORITIES, useAssigneesQuery, type Priority } from '../api/tickets';
import { Back } from '../../shared/components/Back';
import { Cell } from '../../shared/components/Cell';
import { AssigneeSelect } from '../AssigneeSelect';
import { ContactInput } from '../ContactInput';
import { nameOfContact } from '../../shared/helpdesk/names';
import { Notice } from '../../shared/components/Notice';
import { Panel } from '../../shared/components/Panel';
import { permissions } from '../../shared/permissions';
import { useAllowed } from '../../shared/hooks/useAllowed';
import { useFeedback } from '../../shared/hooks/useFeedback';
import { useText } from '../../shared/hooks/useText';
import { HELPDESK, placeOfTicket } from '../../shared/helpdesk/places';
import { PageMain } from '../../shared/components/PageMain';

export const NewTicketPage = () => (
  <Page.Protect permissions={permissions.editTickets}>
    <NewTicketForm />
  </Page.Protect>
);

/** A ticket that begins with us: the customer gets the first message by email, unless it is internal. */
function NewTicketForm() {
  const text = useText();
  const navigate = useNavigate();
  const { success, failure, fieldErrors } = useFeedback();
  const { canReplyToTickets, canWriteNotes } = useAllowed();
  const [email, setEmail] = React.useState('');
  const [name, setName] = React.useState('');
  const [title, setTitle] = React.useState('');
  const [message, setMessage] = React.useState('');
  const [wantsPublic, setWantsPublic] = React.useState(true);
  const [assignee, setAssignee] = useOwnId();
  const [priority, setPriority] = React.useState<Priority>('Normal');
  const [errors, setErrors] = React.useState<Record<string, string>>({});
  const [open, { isLoading }] = useOpenTicketMutation();
  const { data: agents = [] } = useAssigneesQuery();
  const known = useKnownContact(email);
  const isPublic = canReplyToTickets && wantsPublic;
  const sends = isPublic && message.trim() !== '';

  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    const comment = message.trim() ? { text: message, isPublic } : undefined;
    const contact = email.trim() ? { contactEmail: email.trim(), contactName: name.trim() } : {};
    const answer = await open({ title: title.trim(), assignee, priority, ...contact, comment });
    if ('error' in answer) {
      setErrors(fieldErrors(answer.error!) ?? {});
      return failure(answer.error!);
    }
    success(text('newTicket.opened', { number: answer.data.ticketNumber }));
    navigate(placeOfTicket(answer.data.documentId));
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
              startIcon={sends ? <PaperPlane /> : undefined}
              disabled={!title.trim() || (sends && !email.trim())}
              loading={isLoading}
              fullWidth
            >
              {text(sends ? 'newTicket.send' : 'newTicket.save')}
            </Button>
          }
        />
        <Layouts.Content>
          <Flex direction="column" alignItems="stretch" gap={6}>
            <Panel>
              <Grid.Root gap={5}>
                <Cell>
                  <Field.Root
                    name="contactEmail"
                    error={errors.contactEmail}
                    hint={known ? nameOfContact(known) : text('newTicket.contactHint')}
                    required={sends}
                  >
                    <Field.Label>{text('inbox.contact')}</Field.Label>
                    <ContactInput value={email} onChange={setEmail} placeholder={text('people.contactPlaceholder')} />
                    <Field.Hint />
                    <Field.Error />
                  </Field.Root>
                </Cell>
                <Cell>
                  {known === null && (
                    <Field.Root name="contactName" hint={text('newTicket.newContact')}>
                      <Field.Label>{text('people.name')}</Field.Label>
                      <TextInput
                        value={name}
                        maxLength={255}
                        onChange={(event: React.ChangeEvent<HTMLInputElement>) => setName(event.target.value)}
                      />
                      <Field.Hint />
                    </Field.Root>
                  )}
                  {known?.undeliverable && <Notice variant="warning">{text('inbox.undeliverable')}</Notice>}
                </Cell>
                <Cell col={12}>
                  <Field.Root name="title" error={errors.title} required>
                    <Field.Label>{text('newTicket.title')}</Field.Label>
                    <TextInput
                      value={title}
                      maxLength={255}
                      onChange={(event: React.ChangeEvent<HTMLInputElement>) => setTitle(event.target.value)}
                    />
                    <Field.Error />
                  </Field.Root>
                </Cell>
                <Cell>
                  <Field.Root name="assignee">
                    <Field.Label>{text('inbox.assignee')}</Field.Label>
                    <AssigneeSelect
                      label={text('inbox.assignee')}
                      value={agents.find(({ id }) => id === assignee) ?? null}
                      onChange={setAssignee}
                    />
                  </Field.Root>
                </Cell>
                <Cell>
                  <Field.Root name="priority">
                    <Field.Label>{text('inbox.priority')}</Field.Label>
                    <SingleSelect
                      size="S"
                      aria-label={text('inbox.priority')}
                      value={priority}
                      onChange={(value: string | number) => setPriority(value as Priority)}
                    >
                      {PRIORITIES.map((value) => (
                        <SingleSelectOption key={value} value={value}>
                          {text(`inbox.priority.${value}`)}
                        </SingleSelectOption>
                      ))}
                    </SingleSelect>
                  </Field.Root>
                </Cell>
              </Grid.Root>
            </Panel>
            {canWriteNotes && (
              <Box
                tag="section"
                aria-label={text('newTicket.message')}
                background={isPublic ? 'neutral0' : 'warning100'}
                borderColor={isPublic ? 'primary600' : 'warning500'}
                borderStyle={isPublic ? 'solid' : 'dashed'}
                borderWidth="2px"
                hasRadius
                padding={4}
              >
                <Flex direction="column" alignItems="stretch" gap={4}>
                  <Flex gap={2} wrap="wrap" role="group" aria-label={text('inbox.who')}>
                    {canReplyToTickets && (
                      <Button
                        size="S"
                        variant={isPublic ? 'default' : 'tertiary'}
                        aria-pressed={isPublic}
                        startIcon={<PaperPlane />}
                        onClick={() => setWantsPublic(true)}
                      >
                        {text('newTicket.toCustomer')}
                      </Button>
                    )}
                    <Button
                      size="S"
                      variant={isPublic ? 'tertiary' : 'secondary'}
                      aria-pressed={!isPublic}
                      startIcon={<Lock />}
                      onClick={() => setWantsPublic(false)}
                    >
                      {text('inbox.note')}
                    </Button>
                  </Flex>
                  <Typography textColor="neutral800">{text(isPublic ? 'newTicket.messageHint' : 'inbox.noteHint')}</Typography>
                  <Textarea
                    aria-label={text('newTicket.message')}
                    placeholder={text(isPublic ? 'inbox.replyPlaceholder' : 'inbox.notePlaceholder')}
                    value={message}
                    onChange={(event: React.ChangeEvent<HTMLTextAreaElement>) => setMessage(event.target.value)}
                    style={{ minHeight: '16rem' }}
                  />
                </Flex>
              </Box>
            )}
          </Flex>
        </Layouts.Content>
      </form>
    </PageMain>
  );
}

/** Who opens a ticket takes care of it, unless somebody else is chosen. */
function useOwnId() {
  const me = useAuth('MailScannerNewTicket', ({ user }) => user?.id);
  const [chosen, setChosen] = React.useState<number | null | undefined>(undefined);
  return [chosen === undefined ? (me === undefined ? null : Number(me)) : chosen, setChosen] as const;
}

/** The contact with that address; null when there is none, undefined while nobody knows. */
function useKnownContact(email: string): ContactRow | null | undefined {
  const address = useDebounce(email.trim().toLowerCase(), 300);
  const isAddress = /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address);
  const { data, isFetching } = useContactsQuery({ search: address, pageSize: 10 }, { skip: !isAddress });
  if (!isAddress || !data || isFetching) return undefined;
  return data.data.find((contact) => contact.email === address) ?? null;
}
