import { Box, DatePicker } from '@strapi/design-system';
import { shownDay } from '../utils/days';

interface DayFilterProps {
  name: string;
  label: string;
  /** A moment of that day. */
  value: string | undefined;
  /** undefined: any day. */
  onChange(date: Date | undefined): void;
}

/** A day that narrows a list. */
export function DayFilter({ name, label, value, onChange }: DayFilterProps) {
  return (
    <Box width="17.6rem">
      <DatePicker
        size="S"
        name={name}
        aria-label={label}
        placeholder={label}
        value={shownDay(value)}
        onChange={onChange}
        onClear={() => onChange(undefined)}
      />
    </Box>
  );
}
