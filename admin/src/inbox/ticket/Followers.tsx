import { Box, Button, Typography } from '@strapi/design-system';
import { Bell } from '@strapi/icons';
import { useFollowMutation } from '../api/notices';
import type { Ticket } from '../api/tickets';
import { nameOfAgent } from '../../shared/helpdesk/names';
import { useFeedback } from '../../shared/hooks/useFeedback';
import { useText } from '../../shared/hooks/useText';

/** Who is told of what others write on the ticket, and whether one is oneself. */
export function Followers({
  ticket: { documentId, followers, isFollowed },
}: {
  ticket: Pick<Ticket, 'documentId' | 'followers' | 'isFollowed'>;
}) {
  const text = useText();
  const { failure } = useFeedback();
  const [follow, { isLoading }] = useFollowMutation();
  const change = async () => {
    const answer = await follow({ ticket: documentId, follows: !isFollowed });
    if ('error' in answer) failure(answer.error!);
  };
  return (
    <>
      {followers.length > 0 && <Typography textColor="neutral800">{followers.map(nameOfAgent).join(', ')}</Typography>}
      <Box>
        <Button size="S" variant="tertiary" startIcon={<Bell />} loading={isLoading} onClick={change}>
          {text(isFollowed ? 'notices.unfollow' : 'notices.follow')}
        </Button>
      </Box>
    </>
  );
}
