import * as React from 'react';
import { EmptyStateLayout, Flex, Grid, IconButton, Link } from '@strapi/design-system';
import { ArrowLeft, Question } from '@strapi/icons';
import { EmptyDocuments } from '@strapi/icons/symbols';
import { Layouts, Page } from '@strapi/strapi/admin';
import { NavLink, useNavigate, useParams } from 'react-router-dom';
import { useTicketQuery, useUpdateTicketMutation, type TicketChange } from '../../api/tickets';
import { nameOfContact } from '../../components/helpdesk/names';
import { ShortcutsDialog } from '../../components/helpdesk/ShortcutsDialog';
import { useShortcuts } from '../../components/helpdesk/useShortcuts';
import { Notice } from '../../components/Notice';
import { useAllowed } from '../../utils/useAllowed';
import { useFeedback } from '../../utils/useFeedback';
import { useText } from '../../utils/useText';
import { Composer, type ComposerHandle } from './Composer';
import { Conversation } from './Conversation';
import { HELPDESK } from './places';
import { SidePanel } from './SidePanel';
import { TicketMenu } from './ticket/TicketMenu';
import { TicketReference } from './TicketReference';

const REFRESH_MS = 20_000;

/** One ticket: its conversation, the answer, and what is known about it. */
export function TicketPage() {
  const text = useText();
  const navigate = useNavigate();
  const { id = '' } = useParams();
  const { failure } = useFeedback();
  const { canAssignTickets, canEditTickets, canReplyToTickets, canWriteNotes } = useAllowed();
  const { data: ticket, isLoading, error } = useTicketQuery(id, { refetchOnMountOrArgChange: true, pollingInterval: REFRESH_MS });
  const [update] = useUpdateTicketMutation();
  const [showsKeys, setShowsKeys] = React.useState(false);
  const composer = React.useRef<ComposerHandle>(null);

  const change = async (data: TicketChange) => {
    const answer = await update({ id, data });
    if ('error' in answer) failure(answer.error!);
  };
  useShortcuts({
    r: () => composer.current?.write('public'),
    n: () => composer.current?.write('internal'),
    e: () => void (canEditTickets && change({ ticketStatus: 'Closed' })),
    u: () => navigate(HELPDESK),
    '?': () => setShowsKeys(true),
  });

  if (isLoading) return <Page.Loading />;
  if (isGone(error)) return <GonePage />;
  // A failed refresh is no reason to take the page and the draft away.
  if (!ticket) return error ? <Page.Error /> : <Page.Loading />;
  const { contact, mergedInto, ticketNumber, title } = ticket;
  return (
    <Page.Main>
      <Page.Title>{`${ticketNumber} ${title}`}</Page.Title>
      <Layouts.Header
        title={title}
        subtitle={[ticketNumber, contact && nameOfContact(contact)].filter(Boolean).join(' · ')}
        navigationAction={
          <Link tag={NavLink} startIcon={<ArrowLeft />} to={HELPDESK} end>
            {text('common.back')}
          </Link>
        }
        primaryAction={
          <Flex gap={2}>
            <TicketMenu ticket={ticket} />
            <IconButton label={text('inbox.keys.title')} onClick={() => setShowsKeys(true)}>
              <Question />
            </IconButton>
          </Flex>
        }
      />
      <Layouts.Content>
        <Grid.Root gap={6}>
          <Grid.Item col={8} m={12} xs={12} direction="column" alignItems="stretch">
            <Flex direction="column" alignItems="stretch" gap={4}>
              {error && <Notice variant="warning">{text('inbox.notRefreshed')}</Notice>}
              {mergedInto && (
                <Notice variant="info" title={text('ticket.wasMerged', { number: ticketNumber })}>
                  <TicketReference ticket={mergedInto} />
                </Notice>
              )}
              {!mergedInto && <Conversation ticket={ticket} />}
              {canWriteNotes && !mergedInto && (
                <Composer key={id} ref={composer} ticket={ticket} canSetStatus={canEditTickets} canReply={canReplyToTickets} />
              )}
            </Flex>
          </Grid.Item>
          <Grid.Item col={4} m={12} xs={12} direction="column" alignItems="stretch">
            <SidePanel
              ticket={ticket}
              onChange={change}
              disabled={!canEditTickets || mergedInto !== null}
              canAssign={canAssignTickets && mergedInto === null}
            />
          </Grid.Item>
        </Grid.Root>
      </Layouts.Content>
      {showsKeys && <ShortcutsDialog onClose={() => setShowsKeys(false)} />}
    </Page.Main>
  );
}

/** Deleted by somebody else, or given to somebody else where one sees one's own tickets only. */
function GonePage() {
  const text = useText();
  const back = (
    <Link tag={NavLink} to={HELPDESK} end>
      {text('common.back')}
    </Link>
  );
  return (
    <Page.Main>
      <Layouts.Header title={text('ticket.gone')} />
      <Layouts.Content>
        <EmptyStateLayout icon={<EmptyDocuments width="16rem" />} content={text('ticket.goneText')} action={back} />
      </Layouts.Content>
    </Page.Main>
  );
}

const isGone = (error: unknown): boolean => (error as { status?: number } | undefined)?.status === 404;
