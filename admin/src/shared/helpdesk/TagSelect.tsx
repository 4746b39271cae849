import { MultiSelect, MultiSelectOption } from '@strapi/design-system';
import type { Tag } from '../../../../shared/api/tags';
import { useText } from '../hooks/useText';

interface TagSelectProps {
  /** Those to choose from. */
  tags: Tag[];
  /** The documentIds of the chosen ones. */
  value: string[];
  onChange(value: string[]): void;
  disabled?: boolean;
}

/** Any number of tags. */
export function TagSelect({ tags, value, onChange, disabled }: TagSelectProps) {
  const text = useText();
  const label = text('tags.title');
  return (
    <MultiSelect
      aria-label={label}
      placeholder={text('tags.choose')}
      value={value}
      disabled={disabled}
      customizeContent={(chosen = []) =>
        tags
          .filter(({ documentId }) => chosen.includes(documentId))
          .map(({ name }) => name)
          .join(', ')
      }
      onChange={(chosen: string[]) => onChange(chosen)}
    >
      {tags.map(({ documentId, name }) => (
        <MultiSelectOption key={documentId} value={documentId}>
          {name}
        </MultiSelectOption>
      ))}
    </MultiSelect>
  );
}
