import * as React from 'react';
import { Menu } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import type { EmailTemplate } from '../../api/emailTemplates';
import { useText, useTextOr } from '../hooks/useText';
import { MenuContent } from './OpenMenu';

/** Lists the tags of this site; the important ones come first. `onPick` also sets the focus. */
export function TagPicker({ tags, onPick }: { tags: EmailTemplate['tags']; onPick(tag: string): void }) {
  const text = useText();
  const textOr = useTextOr();
  const picked = React.useRef<string | null>(null);
  /** The menu would take the focus back to its button: whoever picks a tag writes on behind it. */
  const insert = (event: Event) => {
    if (picked.current === null) return;
    event.preventDefault();
    onPick(picked.current);
    picked.current = null;
  };
  return (
    <Menu.Root>
      <Menu.Trigger variant="tertiary" size="S" startIcon={<Plus />}>
        {text('template.tag')}
      </Menu.Trigger>
      <MenuContent popoverPlacement="bottom-end" onCloseAutoFocus={insert}>
        {tags.map(({ tag, label }) => (
          <Menu.Item key={tag} onSelect={() => (picked.current = tag)}>
            {`${textOr(`tag.${tag}`, label)} — ${tag}`}
          </Menu.Item>
        ))}
      </MenuContent>
    </Menu.Root>
  );
}
