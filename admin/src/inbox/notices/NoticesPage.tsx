import { Box, Button, Flex, IconButton, Link as PageLink, LinkButton, Typography } from '@strapi/design-system';
import { Check, Cog, Eye, EyeStriked } from '@strapi/icons';
import { useQueryParams } from '@strapi/strapi/admin';
import { Link, NavLink } from 'react-router-dom';
import { useNewsQuery, useNoticesQuery, useReadNoticesMutation, type Notice } from '../../api/notices';
import { ListPage } from '../../shared/components/ListPage';
import { EmptyList } from '../../shared/components/RecordTable';
import { WhenBrief } from '../../shared/components/When';
import { HELPDESK, placeOfMessage } from '../../shared/helpdesk/places';
import { useFeedback } from '../../shared/hooks/useFeedback';
import { useText } from '../../shared/hooks/useText';
import { pagingOf, type PagingQuery } from '../../shared/utils/paging';

/** What the address bar holds. */
interface NoticesQuery extends PagingQuery {
  unread?: 'true';
}

/** All that one was told of, the newest first. */
export function NoticesPage() {
  const text = useText();
  const [{ query = {} }] = useQueryParams<NoticesQuery>();
  const list = useNoticesQuery({ unread: query.unread, ...pagingOf(query) }, { refetchOnMountOrArgChange: true });
  const unread = useNewsQuery().data?.unread ?? 0;
  const { change, isLoading } = useReadChange();
  return (
    <ListPage
      list={list}
      title={text('notices.title')}
      subtitle={text('notices.unread', { count: unread })}
      back={HELPDESK}
      primaryAction={
        <Flex gap={2} wrap="wrap">
          <LinkButton tag={NavLink} to="choices" variant="tertiary" size="S" startIcon={<Cog />}>
            {text('notices.choices')}
          </LinkButton>
          <Button
            size="S"
            variant="secondary"
            startIcon={<Check />}
            disabled={unread === 0}
            loading={isLoading}
            onClick={() => change({ all: true })}
          >
            {text('notices.allRead')}
          </Button>
        </Flex>
      }
    >
      {({ data }) => (
        <Flex direction="column" alignItems="stretch" gap={4}>
          <Which unread={query.unread} />
          {data.length === 0 ? (
            <EmptyList text={text('notices.none')} />
          ) : (
            <Box tag="ul" background="neutral0" hasRadius shadow="tableShadow">
              {data.map((notice) => (
                <Row key={notice.id} notice={notice} onChange={change} />
              ))}
            </Box>
          )}
        </Flex>
      )}
    </ListPage>
  );
}

function useReadChange() {
  const { failure } = useFeedback();
  const [read, { isLoading }] = useReadNoticesMutation();
  const change = async (which: Parameters<typeof read>[0]) => {
    const answer = await read(which);
    if ('error' in answer) failure(answer.error!);
  };
  return { change, isLoading };
}

function Which({ unread }: { unread: string | undefined }) {
  const text = useText();
  const choices = [
    { to: '?', label: text('notices.all'), isChosen: !unread },
    { to: '?unread=true', label: text('notices.onlyUnread'), isChosen: Boolean(unread) },
  ];
  return (
    <Flex tag="nav" aria-label={text('inbox.views')} gap={2}>
      {choices.map(({ to, label, isChosen }) => (
        <LinkButton
          key={to}
          tag={Link}
          to={to}
          size="S"
          variant={isChosen ? 'secondary' : 'tertiary'}
          aria-current={isChosen ? 'page' : undefined}
        >
          {label}
        </LinkButton>
      ))}
    </Flex>
  );
}

function Row({ notice, onChange }: { notice: Notice; onChange(change: { ids: number[]; isRead: boolean }): void }) {
  const text = useText();
  const { id, kind, at, isRead, ticket, comment, excerpt } = notice;
  const by = notice.by ?? text('notices.somebody');
  const name = `${ticket.ticketNumber} ${ticket.title}`;
  return (
    <Box
      tag="li"
      padding={4}
      borderColor="neutral150"
      borderWidth="0 0 1px 0"
      borderStyle="solid"
      background={isRead ? 'neutral0' : 'primary100'}
    >
      <Flex gap={3} alignItems="flex-start" justifyContent="space-between">
        <Flex direction="column" alignItems="flex-start" gap={1} minWidth={0} style={{ overflowWrap: 'anywhere' }}>
          <Typography textColor="neutral800" fontWeight={isRead ? 'regular' : 'bold'}>
            {text(`notices.kind.${kind}`, { by })}
          </Typography>
          <PageLink
            tag={Link}
            to={placeOfMessage(ticket.documentId, comment)}
            onClick={() => !isRead && onChange({ ids: [id], isRead: true })}
          >
            <bdi>{name}</bdi>
          </PageLink>
          {excerpt && (
            <Typography variant="pi" textColor="neutral700">
              <bdi>{excerpt}</bdi>
            </Typography>
          )}
        </Flex>
        <Flex gap={3} shrink={0}>
          <WhenBrief at={at} variant="pi" textColor="neutral700" />
          <IconButton
            size="S"
            variant="ghost"
            label={text(isRead ? 'notices.makeUnread' : 'notices.makeRead', { name })}
            onClick={() => onChange({ ids: [id], isRead: !isRead })}
          >
            {isRead ? <EyeStriked /> : <Eye />}
          </IconButton>
        </Flex>
      </Flex>
    </Box>
  );
}
