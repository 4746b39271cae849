import * as React from 'react';
import { Page } from '@strapi/strapi/admin';
import { useIntl } from 'react-intl';
import { createPortal } from 'react-dom';
import { Link, useLocation, useParams } from 'react-router-dom';
import { createGlobalStyle, styled } from 'styled-components';
import { authorOf, kindOf, LOOKS } from '../conversation/MessageCard';
import { useLazyEarlierCommentsQuery, useTicketQuery, type Comment, type Ticket } from '../../api/tickets';
import { nameOfAgent, nameOfContact } from '../../shared/helpdesk/names';
import { placeOfTicket } from '../../shared/helpdesk/places';
import { useStatusName } from '../../shared/helpdesk/useStatuses';
import { useText } from '../../shared/hooks/useText';

/**
 * A ticket as it is printed or kept as a PDF: its conversation with dates, authors and the names of files, dark on white whatever the theme
 * of the panel, and nothing of the panel around it.
 */
export function PrintPage() {
  const { id = '' } = useParams();
  const { currentData: ticket, error } = useTicketQuery(id, { refetchOnMountOrArgChange: true });
  if (!ticket) return error ? <Page.Error /> : <Page.Loading />;
  return <Print key={id} ticket={ticket} />;
}

function Print({ ticket }: { ticket: Ticket }) {
  const text = useText();
  const { state } = useLocation();
  const { comments, isWhole, hasFailed } = useWholeConversation(ticket);
  const [hasNotes, setHasNotes] = React.useState(false);
  const shown = comments.filter((comment) => hasNotes || (comment.isPublic && comment.delivery?.state !== 'scheduled'));
  return createPortal(
    <Sheet data-print lang={document.documentElement.lang}>
      <OnlyThis />
      <Page.Title>{`${ticket.ticketNumber} ${ticket.title}`}</Page.Title>
      <Bar>
        <Link to={placeOfTicket(ticket.documentId)} state={state}>
          {text('common.back')}
        </Link>
        <label>
          <input type="checkbox" checked={hasNotes} onChange={(event) => setHasNotes(event.target.checked)} /> {text('print.notes')}
        </label>
        <button type="button" disabled={!isWhole} onClick={() => window.print()}>
          {text('print.print')}
        </button>
        <span role="status">{hasFailed ? text('print.notWhole') : isWhole ? '' : text('common.loading')}</span>
      </Bar>
      <main>
        <h1>
          <bdi>{ticket.title}</bdi>
        </h1>
        <Facts ticket={ticket} />
        {shown.length === 0 && <Words>{ticket.description || text('inbox.noComments')}</Words>}
        {shown.map((comment) => (
          <Message key={comment.documentId} comment={comment} />
        ))}
      </main>
    </Sheet>,
    document.body,
  );
}

/** What is known of the ticket as a whole. */
function Facts({ ticket }: { ticket: Ticket }) {
  const text = useText();
  const { formatDate } = useIntl();
  const statusName = useStatusName();
  const { contact, account, assignee, tags } = ticket;
  const name = contact && nameOfContact(contact);
  const facts: [label: string, value: string | null | undefined][] = [
    [text('inbox.ticket'), ticket.ticketNumber],
    [text('inbox.contact'), contact && (name === contact.email ? name : `${name} <${contact.email}>`)],
    [text('inbox.account'), account?.name],
    [text('inbox.status'), statusName(ticket)],
    [text('inbox.priority'), text(`inbox.priority.${ticket.priority}`)],
    [text('inbox.assignee'), assignee && nameOfAgent(assignee)],
    [text('inbox.opened'), formatDate(ticket.createdAt, MOMENT)],
    [text('tags.title'), tags.map((tag) => tag.name).join(', ')],
    [text('print.printed'), formatDate(new Date(), MOMENT)],
  ];
  return (
    <dl>
      {facts.map(
        ([label, value]) =>
          value && (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ),
      )}
    </dl>
  );
}

const MOMENT = { dateStyle: 'medium', timeStyle: 'short' } as const;

function Message({ comment }: { comment: Comment }) {
  const text = useText();
  const { formatDate } = useIntl();
  const kind = kindOf(comment);
  const at = comment.writtenAt ?? comment.createdAt;
  const author = authorOf(comment) || text('inbox.unknownAuthor');
  const label = text(comment.delivery?.state === 'scheduled' ? 'inbox.kind.later' : LOOKS[kind].label);
  const { to = [], cc = [] } = comment.delivery ?? comment.recipients ?? {};
  const people = (list: { address: string }[] | null) => (list ?? []).map(({ address }) => address).join(', ');
  const files = comment.attachments.filter(({ repeated }) => !repeated);
  return (
    <article aria-label={`${label}: ${author}`}>
      <header>
        <strong>
          <bdi>{author}</bdi>
        </strong>
        {comment.authorAddress && comment.authorAddress !== author && <span>{comment.authorAddress}</span>}
        <span>{label}</span>
        <time dateTime={at}>{formatDate(at, MOMENT)}</time>
      </header>
      {people(to) && <p>{text('print.to', { people: people(to) })}</p>}
      {people(cc) && <p>{text('inbox.inCopy', { people: people(cc) })}</p>}
      <Words>{comment.visibleText?.trim() || comment.text?.trim() || text('inbox.noText')}</Words>
      {files.length > 0 && <p>{text('print.files', { names: files.map((file) => file.name).join(', ') })}</p>}
    </article>
  );
}

/** All that was written, oldest first: nobody turns pages on paper. */
function useWholeConversation({ documentId, comments: newest, earlierComments }: Ticket) {
  const [fetchEarlier] = useLazyEarlierCommentsQuery();
  const [comments, setComments] = React.useState(newest);
  const [hasFailed, setHasFailed] = React.useState(false);
  const isWhole = comments.length >= newest.length + earlierComments;
  React.useEffect(() => {
    if (isWhole || hasFailed) return;
    let isGone = false;
    const load = async () => {
      const { data } = await fetchEarlier({ ticket: documentId, before: comments[0].documentId });
      if (isGone) return;
      if (data?.length) setComments([...data, ...comments]);
      else setHasFailed(true);
    };
    void load();
    return () => {
      isGone = true;
    };
  }, [isWhole, hasFailed, comments, documentId, fetchEarlier]);
  return { comments, isWhole, hasFailed };
}

/** The panel's own colours follow its theme, and a sheet of paper is white. */
const OnlyThis = createGlobalStyle`
  html, body {
    background: #fff !important;
    color-scheme: light;
  }

  body > :not([data-print]) {
    display: none !important;
  }
`;

const Sheet = styled.div`
  max-width: 80rem;
  margin: 0 auto;
  padding: 2rem 1.6rem;
  color: #212134;
  font-size: 1.4rem;
  line-height: 1.5;
  overflow-wrap: anywhere;

  h1 {
    font-size: 2.4rem;
    font-weight: bold;
    line-height: 1.25;
  }

  dl {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(24rem, 1fr));
    gap: 0.4rem 2.4rem;
    margin: 1.6rem 0 2.4rem;
  }

  dt {
    color: #4a4a6a;
    font-size: 1.2rem;
  }

  article {
    padding: 1.2rem 0;
    border-top: 1px solid #c0c0cf;
  }

  article header {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem 1.2rem;
    /* An author at the foot of a page says nothing. */
    break-after: avoid;
  }

  article header time {
    margin-inline-start: auto;
  }

  strong {
    font-weight: bold;
  }

  header span,
  header time,
  article p {
    color: #4a4a6a;
    font-size: 1.2rem;
  }

  @media print {
    max-width: none;
    padding: 0;
  }
`;

const Words = styled.div`
  margin: 0.8rem 0;
  white-space: pre-wrap;
  unicode-bidi: plaintext;
  text-align: start;
`;

const Bar = styled.div`
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0.8rem 2.4rem;
  margin-bottom: 2.4rem;

  a,
  button {
    color: #4945ff;
    font-weight: bold;
  }

  button {
    padding: 0.8rem 1.6rem;
    border-radius: 4px;
    color: #fff;
    background: #4945ff;
    cursor: pointer;
  }

  button:disabled {
    background: #666687;
    cursor: default;
  }

  @media print {
    display: none;
  }
`;
