import { Box, SingleSelect, SingleSelectOption } from '@strapi/design-system';

interface FilterSelectProps {
  label: string;
  /** What stands there as long as nothing is chosen; left out: the label. */
  placeholder?: string;
  options: readonly { value: string; label: string }[];
  /** Left out: nothing is chosen. */
  value: string | undefined;
  onChange(value: string | undefined): void;
  minWidth?: string;
  maxWidth?: string;
}

/** One of the filters above a list. */
export function FilterSelect({ label, placeholder = label, options, value, onChange, minWidth, maxWidth }: FilterSelectProps) {
  return (
    <Box minWidth={minWidth} maxWidth={maxWidth}>
      <SingleSelect
        size="S"
        aria-label={label}
        placeholder={placeholder}
        value={value ?? ''}
        onChange={(chosen: string | number) => onChange(String(chosen))}
        onClear={() => onChange(undefined)}
      >
        {options.map((option) => (
          <SingleSelectOption key={option.value} value={option.value}>
            {option.label}
          </SingleSelectOption>
        ))}
      </SingleSelect>
    </Box>
  );
}
