import { Button, Flex, Typography } from '@strapi/design-system';
import { Bell, Cross } from '@strapi/icons';
import { useFollowMutation, useMuteMutation } from '../../api/notices';
import type { Ticket } from '../../api/tickets';
import { nameOfAgent } from '../../shared/helpdesk/names';
import { useFeedback } from '../../shared/hooks/useFeedback';
import { useText } from '../../shared/hooks/useText';

/** Who is told of what others write on the ticket, whether one is oneself, and whether one wants to hear of it at all. */
export function Followers({
  ticket: { documentId, followers, isFollowed, isMuted },
}: {
  ticket: Pick<Ticket, 'documentId' | 'followers' | 'isFollowed' | 'isMuted'>;
}) {
  const text = useText();
  const { failure } = useFeedback();
  const [follow, { isLoading }] = useFollowMutation();
  const [mute, { isLoading: isMuting }] = useMuteMutation();
  const change = async () => {
    const answer = await follow({ ticket: documentId, follows: !isFollowed });
    if ('error' in answer) failure(answer.error!);
  };
  const changeMute = async () => {
    const answer = await mute({ ticket: documentId, isMuted: !isMuted });
    if ('error' in answer) failure(answer.error!);
  };
  return (
    <>
      {followers.length > 0 && <Typography textColor="neutral800">{followers.map(nameOfAgent).join(', ')}</Typography>}
      {isMuted && <Typography textColor="neutral800">{text('notices.muted')}</Typography>}
      <Flex gap={2} wrap="wrap">
        <Button size="S" variant="tertiary" startIcon={<Bell />} loading={isLoading} onClick={change}>
          {text(isFollowed ? 'notices.unfollow' : 'notices.follow')}
        </Button>
        <Button size="S" variant="tertiary" startIcon={isMuted ? <Bell /> : <Cross />} loading={isMuting} onClick={changeMute}>
          {text(isMuted ? 'notices.unmute' : 'notices.mute')}
        </Button>
      </Flex>
    </>
  );
}
