import { Field, Flex, SingleSelect, SingleSelectOption, TextInput } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import { TAG_COLOURS, type TagColour } from '../../../../shared/vocabulary';
import { useText } from '../hooks/useText';
import { TagChip } from './TagChips';
import { NAME_LENGTH } from '../../../../shared/lengths';

/** The fields `name` and `colour` of a form, and how both look together. */
export function NameAndColour() {
  const text = useText();
  const name = useField<string>('name');
  const colour = useField<TagColour>('colour');
  const shown = colour.value ?? 'grey';
  return (
    <>
      <Field.Root name="name" error={name.error} required>
        <Field.Label>{text('scanners.name')}</Field.Label>
        <TextInput value={name.value ?? ''} onChange={name.onChange} maxLength={NAME_LENGTH} />
        <Field.Error />
      </Field.Root>
      <Field.Root name="colour" error={colour.error} required>
        <Field.Label>{text('tags.colour')}</Field.Label>
        <SingleSelect value={shown} onChange={(chosen: string | number) => colour.onChange('colour', chosen as TagColour)}>
          {TAG_COLOURS.map((value) => (
            <SingleSelectOption key={value} value={value}>
              {text(`tags.colour.${value}`)}
            </SingleSelectOption>
          ))}
        </SingleSelect>
        <Field.Error />
        <Flex>
          <TagChip name={name.value || text('tags.colour')} colour={shown} />
        </Flex>
      </Field.Root>
    </>
  );
}
