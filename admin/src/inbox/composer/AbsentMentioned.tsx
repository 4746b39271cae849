import { Typography } from '@strapi/design-system';
import { useMentionableQuery } from '../../api/notices';
import { nameOfAgent } from '../../shared/helpdesk/names';
import { useAgentLabel } from '../../shared/helpdesk/useAgentLabel';

/** Says which of the colleagues that a note names will not read it soon. */
export function AbsentMentioned({ ticket, html }: { ticket: string; html: string }) {
  const label = useAgentLabel();
  const { data: people = [] } = useMentionableQuery(ticket);
  const words = (new DOMParser().parseFromString(html, 'text/html').body.textContent ?? '').toLowerCase();
  const absent = people.filter((agent) => agent.absence?.isNow && words.includes(`@${nameOfAgent(agent).toLowerCase()}`));
  if (absent.length === 0) return null;
  return (
    <Typography textColor="warning700" role="status">
      {absent.map(label).join(', ')}
    </Typography>
  );
}
