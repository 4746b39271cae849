import { STATUS } from '../../../../shared/vocabulary';
import * as React from 'react';
import { EmptyStateLayout, Flex, Grid, Link } from '@strapi/design-system';
import { ArrowLeft } from '@strapi/icons';
import { EmptyDocuments } from '@strapi/icons/symbols';
import { Layouts, Page } from '@strapi/strapi/admin';
import { NavLink, useNavigate, useParams } from 'react-router-dom';
import { styled } from 'styled-components';
import { useTicketQuery, useUpdateTicketMutation, type TicketChange } from '../../api/tickets';
import { ShortcutsDialog } from '../ShortcutsDialog';
import { useShortcuts } from '../useShortcuts';
import { Notice } from '../../shared/components/Notice';
import { isolated } from '../isolated';
import { useAllowed } from '../../shared/hooks/useAllowed';
import { useFeedback } from '../../shared/hooks/useFeedback';
import { useText } from '../../shared/hooks/useText';
import { Composer, type ComposerHandle } from '../composer/Composer';
import { Conversation } from '../conversation/Conversation';
import { HELPDESK, placeOfTicket } from '../../shared/helpdesk/places';
import { TicketSubtitle } from './TicketSubtitle';
import { HeaderActions } from './HeaderActions';
import { SidePanel } from './SidePanel';
import { TicketStates } from './TicketStates';
import { SnoozeDialog } from './SnoozeDialog';
import { useMarkSpam } from '../MarkedSpam';
import { useCloseByKey } from '../ClosedByKey';
import { usePlaceInList } from '../fromList';
import { NoteRead } from './NoteRead';
import { NoteSeen } from './NoteSeen';
import { PageMain } from '../../shared/components/PageMain';

const REFRESH_MS = 20_000;

/** One ticket: its conversation, the answer, and what is known about it. */
export function TicketPage() {
  const text = useText();
  const navigate = useNavigate();
  const { id = '' } = useParams();
  const { failure } = useFeedback();
  const { canAssignTickets, canEditTickets, canReplyToTickets, canWriteNotes } = useAllowed();
  // The current one alone: while the next ticket is on its way, an answer must not go to the one before.
  const { currentData: ticket, error } = useTicketQuery(id, { refetchOnMountOrArgChange: true, pollingInterval: REFRESH_MS });
  const [update] = useUpdateTicketMutation();
  const close = useCloseByKey();
  const markSpam = useMarkSpam();
  const [showsKeys, setShowsKeys] = React.useState(false);
  const { list, previous, next, state } = usePlaceInList(id);
  const goTo = (ticketId: string | null) => ticketId && navigate(placeOfTicket(ticketId), { state });
  const goToList = () => navigate(list.to, { state: list.state });
  const [isSnoozing, setIsSnoozing] = React.useState(false);
  const composer = React.useRef<ComposerHandle>(null);

  const change = async (data: TicketChange) => {
    const answer = await update({ id, data });
    if ('error' in answer) failure(answer.error!);
  };
  const canSnooze = Boolean(canEditTickets && ticket && !ticket.mergedInto && ticket.ticketStatus !== STATUS.closed);
  const toggleSpam = canEditTickets && ticket && !ticket.mergedInto ? () => markSpam([id], !ticket.isSpam) : undefined;
  useShortcuts({
    r: () => composer.current?.write('public'),
    n: () => composer.current?.write('internal'),
    f: () => composer.current?.forward(),
    e: () => void (canEditTickets && ticket && !ticket.mergedInto && ticket.ticketStatus !== STATUS.closed && close(ticket)),
    u: () => goToList(),
    b: () => canSnooze && setIsSnoozing(true),
    '!': () => void (ticket && !ticket.isSpam && toggleSpam?.()),
    j: () => void goTo(next),
    k: () => void goTo(previous),
    '?': () => setShowsKeys(true),
  });

  if (isGone(error)) return <GonePage />;
  // A failed refresh is no reason to take the page and the draft away.
  if (!ticket) return error ? <Page.Error /> : <Page.Loading />;
  const { mergedInto, ticketNumber, title, answerDefaults } = ticket;
  /** On, when the work on this ticket is done; behind the last one of a list is the list. */
  const goOn = () => {
    if (answerDefaults.afterwards === 'stay') return;
    if (answerDefaults.afterwards === 'next' && next) goTo(next);
    else goToList();
  };
  return (
    // Each ticket is a page of its own: nothing that was typed, opened or focused goes along to the next one.
    <PageMain key={id}>
      <Page.Title>{`${ticketNumber} ${title}`}</Page.Title>
      <NoteSeen ticket={ticket} />
      <NoteRead ticket={ticket} />
      <Layouts.Header
        title={isolated(title)}
        subtitle={<TicketSubtitle ticket={ticket} />}
        navigationAction={
          <Link tag={NavLink} startIcon={<ArrowLeft />} to={list.to} state={list.state} end>
            {text('common.back')}
          </Link>
        }
        primaryAction={
          <HeaderActions
            ticket={ticket}
            mayAnswer={canWriteNotes && !mergedInto ? (canReplyToTickets ? 'public' : 'internal') : null}
            onAnswer={(kind) => composer.current?.write(kind)}
            onSnooze={canSnooze && !ticket.snoozedAt ? () => setIsSnoozing(true) : undefined}
            onPrevious={previous ? () => goTo(previous) : undefined}
            onNext={next ? () => goTo(next) : undefined}
            onSpam={toggleSpam}
            onShowKeys={() => setShowsKeys(true)}
          />
        }
      />
      <Layouts.Content>
        <Grid.Root gap={6}>
          <Grid.Item col={8} m={12} xs={12} direction="column" alignItems="stretch">
            <Flex direction="column" alignItems="stretch" gap={4}>
              {error && <Notice variant="warning">{text('inbox.notRefreshed')}</Notice>}
              <TicketStates ticket={ticket} onChange={canEditTickets ? change : undefined} onNotSpam={toggleSpam} />
              {!mergedInto && (
                <Conversation
                  ticket={ticket}
                  onTakeBack={canReplyToTickets ? (comment) => composer.current?.takeBack(comment) : undefined}
                  onForward={canReplyToTickets ? (comment, isAnswer) => composer.current?.forward(comment, isAnswer) : undefined}
                  onShow={canReplyToTickets ? (comment) => composer.current?.show(comment) : undefined}
                />
              )}
              {canWriteNotes && !mergedInto && (
                <Composer
                  ref={composer}
                  ticket={ticket}
                  may={{ reply: canReplyToTickets, setStatus: canEditTickets, assign: canAssignTickets }}
                  onNext={next ? () => goTo(next) : undefined}
                  onAnswered={goOn}
                />
              )}
            </Flex>
          </Grid.Item>
          <Grid.Item col={4} m={12} xs={12} direction="column" alignItems="stretch">
            <StaysInView>
              <SidePanel
                ticket={ticket}
                onChange={change}
                disabled={!canEditTickets || mergedInto !== null}
                canAssign={canAssignTickets && mergedInto === null}
              />
            </StaysInView>
          </Grid.Item>
        </Grid.Root>
      </Layouts.Content>
      {isSnoozing && <SnoozeDialog ticket={ticket} onClose={() => setIsSnoozing(false)} onSnoozed={goOn} />}
      {showsKeys && <ShortcutsDialog onClose={() => setShowsKeys(false)} />}
    </PageMain>
  );
}

/** Beside a long conversation, the details of the ticket stay visible while the user writes an answer. */
const StaysInView = styled.div`
  ${({ theme }) => theme.breakpoints.large} {
    position: sticky;
    top: 8rem;
    max-height: calc(100vh - 10rem);
    overflow-y: auto;
    /* Room for the shadows of the panels. */
    margin: -0.4rem;
    padding: 0.4rem;
  }
`;

/** The ticket was deleted, or assigned to another person while this user sees only their own tickets. */
function GonePage() {
  const text = useText();
  const back = (
    <Link tag={NavLink} to={HELPDESK} end>
      {text('common.back')}
    </Link>
  );
  return (
    <PageMain>
      <Layouts.Header title={text('ticket.gone')} />
      <Layouts.Content>
        <EmptyStateLayout icon={<EmptyDocuments width="16rem" />} content={text('ticket.goneText')} action={back} />
      </Layouts.Content>
    </PageMain>
  );
}

const isGone = (error: unknown): boolean => (error as { status?: number } | undefined)?.status === 404;
