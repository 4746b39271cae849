import { Flex } from '@strapi/design-system';
import type { Tag } from '../../../../shared/api/tags';
import type { TagColour } from '../../../../shared/vocabulary';
import { useText } from '../hooks/useText';
import { Chip, type Shade } from './Chip';

const SHADES: Record<TagColour, Shade> = {
  grey: 'neutral',
  indigo: 'primary',
  blue: 'secondary',
  purple: 'alternative',
  green: 'success',
  orange: 'warning',
  red: 'danger',
};

export function TagChip({ name, colour }: Pick<Tag, 'name' | 'colour'>) {
  return (
    <Chip shade={SHADES[colour] ?? SHADES.grey}>
      <bdi>{name}</bdi>
    </Chip>
  );
}

/** The tags of a ticket in a line; nothing where it has none. */
export function TagChips({ tags }: { tags: Tag[] }) {
  const text = useText();
  if (tags.length === 0) return null;
  return (
    <Flex tag="ul" gap={1} wrap="wrap" aria-label={text('tags.title')}>
      {tags.map((tag) => (
        <Flex tag="li" key={tag.documentId} maxWidth="100%">
          <TagChip {...tag} />
        </Flex>
      ))}
    </Flex>
  );
}
