import { show } from './support/panel';
import { fireEvent, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { LogFilters } from '../../admin/src/scan-log/LogFilters';
import { endOfDay, startOfDay } from '../../admin/src/shared/utils/days';

const { TZ } = process.env;
afterEach(() => {
  process.env.TZ = TZ;
});

test.each(['Europe/Berlin', 'America/New_York'])('a day that was chosen in a filter stays that day in %s', async (zone) => {
  process.env.TZ = zone;
  const tenth = new Date(2026, 10, 10, 15);
  show(<LogFilters />, { at: `/?since=${startOfDay(tenth)}&until=${endOfDay(tenth)}` });
  const fields = () => screen.getAllByRole<HTMLInputElement>('combobox').filter(({ value }) => /2026/.test(value));
  await screen.findAllByDisplayValue(/2026/);
  for (const field of fields()) fireEvent.blur(field);
  expect(fields().map(({ value }) => value)).toEqual(['11/10/2026', '11/10/2026']);
});
