import { Menu } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import type { EmailTemplate } from '../../api/emailTemplates';
import { useText, useTextOr } from '../hooks/useText';

/** Lists the tags of this site; the important ones come first. */
export function TagPicker({ tags, onPick }: { tags: EmailTemplate['tags']; onPick(tag: string): void }) {
  const text = useText();
  const textOr = useTextOr();
  return (
    <Menu.Root>
      <Menu.Trigger variant="tertiary" size="S" startIcon={<Plus />}>
        {text('template.tag')}
      </Menu.Trigger>
      <Menu.Content zIndex={500} popoverPlacement="bottom-end">
        {tags.map(({ tag, label }) => (
          <Menu.Item key={tag} onSelect={() => onPick(tag)}>
            {`${textOr(`tag.${tag}`, label)} — ${tag}`}
          </Menu.Item>
        ))}
      </Menu.Content>
    </Menu.Root>
  );
}
