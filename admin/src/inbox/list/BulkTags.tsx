import { MenuItem } from '@strapi/design-system';
import { useTagsQuery } from '../../api/tags';
import type { TicketChange } from '../../api/tickets';
import { useText } from '../../shared/hooks/useText';
import { MenuButton } from '../../shared/components/OpenMenu';

/** Gives a tag to the chosen tickets, or takes it from them. Nothing where a team has no tags. */
export function BulkTags({ onChange, disabled }: { onChange(change: TicketChange): void; disabled: boolean }) {
  const text = useText();
  const { data: tags = [] } = useTagsQuery();
  if (tags.length === 0) return null;
  return (
    <>
      <MenuButton label={text('tags.give')} disabled={disabled}>
        {tags.map(({ documentId, name }) => (
          <MenuItem key={documentId} onSelect={() => onChange({ addTags: [documentId] })}>
            {name}
          </MenuItem>
        ))}
      </MenuButton>
      <MenuButton label={text('tags.take')} disabled={disabled}>
        {tags.map(({ documentId, name }) => (
          <MenuItem key={documentId} onSelect={() => onChange({ removeTags: [documentId] })}>
            {name}
          </MenuItem>
        ))}
      </MenuButton>
    </>
  );
}
