import { Typography } from '@strapi/design-system';
import type { Ticket, TicketChange } from '../../api/tickets';
import { useTagsQuery } from '../../api/tags';
import { TagChips } from '../../shared/helpdesk/TagChips';
import { TagSelect } from '../../shared/helpdesk/TagSelect';
import { useText } from '../../shared/hooks/useText';

interface TicketTagsProps {
  ticket: Pick<Ticket, 'tags'>;
  onChange(change: TicketChange): void;
  disabled: boolean;
}

/** The tags of a ticket, whose colours stand below its title. What is chosen or not any more is saved at once; what a colleague chooses meanwhile stays. */
export function TicketTags({ ticket, onChange, disabled }: TicketTagsProps) {
  const text = useText();
  const { data: tags } = useTagsQuery(undefined, { skip: disabled });
  if (!tags) return <TagChips tags={ticket.tags} />;
  if (tags.length === 0) return <Typography textColor="neutral600">{text('tags.noneYet')}</Typography>;
  const had = ticket.tags.map(({ documentId }) => documentId);
  const change = (chosen: string[]) => {
    const addTags = chosen.filter((id) => !had.includes(id));
    const removeTags = had.filter((id) => !chosen.includes(id));
    if (addTags.length + removeTags.length > 0) onChange({ addTags, removeTags });
  };
  return <TagSelect tags={tags} value={had} onChange={change} />;
}
