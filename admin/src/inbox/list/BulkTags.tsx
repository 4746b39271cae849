import { MenuItem, SimpleMenu } from '@strapi/design-system';
import { useTagsQuery } from '../../api/tags';
import type { TicketChange } from '../../api/tickets';
import { useText } from '../../shared/hooks/useText';

/** Gives a tag to the chosen tickets, or takes it from them. Nothing where a team has no tags. */
export function BulkTags({ onChange, disabled }: { onChange(change: TicketChange): void; disabled: boolean }) {
  const text = useText();
  const { data: tags = [] } = useTagsQuery();
  if (tags.length === 0) return null;
  return (
    <>
      <SimpleMenu size="S" variant="tertiary" label={text('tags.give')} disabled={disabled}>
        {tags.map(({ documentId, name }) => (
          <MenuItem key={documentId} onSelect={() => onChange({ addTags: [documentId] })}>
            {name}
          </MenuItem>
        ))}
      </SimpleMenu>
      <SimpleMenu size="S" variant="tertiary" label={text('tags.take')} disabled={disabled}>
        {tags.map(({ documentId, name }) => (
          <MenuItem key={documentId} onSelect={() => onChange({ removeTags: [documentId] })}>
            {name}
          </MenuItem>
        ))}
      </SimpleMenu>
    </>
  );
}
