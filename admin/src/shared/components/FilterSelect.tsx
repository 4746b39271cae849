import { Box, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { useText } from '../hooks/useText';

interface FilterSelectProps {
  label: string;
  /** What stands there as long as nothing is chosen; left out: the label. */
  placeholder?: string;
  options: readonly { value: string; label: string }[];
  /** False: these are not all, so that nobody knows what another value is called. */
  areAll?: boolean;
  /** Left out: nothing is chosen. */
  value: string | undefined;
  /** Something is always chosen: there is nothing to take off. */
  isOneOf?: boolean;
  onChange(value: string | undefined): void;
  minWidth?: string;
  maxWidth?: string;
}

/** One of the filters above a list. */
export function FilterSelect({
  label,
  placeholder = label,
  options,
  areAll = true,
  value,
  isOneOf = false,
  onChange,
  minWidth,
  maxWidth,
}: FilterSelectProps) {
  const text = useText();
  // What a link asks for beside these: several at once, or what is not there any more.
  const nameOf = (asked: string) =>
    asked
      .split(',')
      .map((one) => options.find((option) => option.value === one)?.label ?? (areAll ? text('filter.gone') : '…'))
      .join(', ');
  const all = value && !options.some((option) => option.value === value) ? [...options, { value, label: nameOf(value) }] : options;
  return (
    <Box minWidth={minWidth} maxWidth={maxWidth}>
      <SingleSelect
        // It keeps the words that it has shown for a value.
        key={String(areAll)}
        size="S"
        aria-label={label}
        placeholder={placeholder}
        value={value ?? ''}
        onChange={(chosen: string | number) => onChange(String(chosen))}
        onClear={isOneOf ? undefined : () => onChange(undefined)}
      >
        {all.map((option) => (
          <SingleSelectOption key={option.value} value={option.value}>
            {option.label}
          </SingleSelectOption>
        ))}
      </SingleSelect>
    </Box>
  );
}
