import * as React from 'react';
import { Checkbox, Field, Flex, SingleSelect, SingleSelectOption, TextInput, Typography } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import { useIntl } from 'react-intl';
import type { Digest } from '../../../../shared/api/notices';
import { Panel } from '../../shared/components/Panel';
import { useText } from '../../shared/hooks/useText';

const here = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** On working days, when work begins. */
const FIRST: Digest = { days: [1, 2, 3, 4, 5], time: '08:00', timeZone: null };

/** Whether, and when, what waits is told by one email. */
export function DigestFields() {
  const text = useText();
  const { value, onChange } = useField<Digest | null>('digest');
  const digest = value ?? null;
  const set = (change: Partial<Digest>) => digest && onChange('digest', { ...digest, ...change });
  return (
    <Panel>
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Flex direction="column" alignItems="flex-start" gap={1}>
          <Checkbox
            checked={digest !== null}
            onCheckedChange={(checked: boolean | 'indeterminate') => onChange('digest', checked === true ? FIRST : null)}
          >
            {text('notices.digest')}
          </Checkbox>
          <Typography variant="pi" textColor="neutral600">
            {text('notices.digestHint')}
          </Typography>
        </Flex>
        {digest && (
          <>
            <Days days={digest.days} onChange={(days) => set({ days })} />
            <Flex gap={4} wrap="wrap" alignItems="flex-start">
              <TimeField value={digest.time} onChange={(time) => set({ time })} />
              <ZoneField value={digest.timeZone} onChange={(timeZone) => set({ timeZone })} />
            </Flex>
          </>
        )}
      </Flex>
    </Panel>
  );
}

function Days({ days, onChange }: { days: number[]; onChange(days: number[]): void }) {
  const text = useText();
  const { formatDate } = useIntl();
  const { error } = useField('digest.days');
  return (
    <Flex gap={4} wrap="wrap" role="group" aria-label={text('notices.digestDays')}>
      {[1, 2, 3, 4, 5, 6, 7].map((day) => (
        <Checkbox
          key={day}
          checked={days.includes(day)}
          onCheckedChange={() =>
            onChange(days.includes(day) ? days.filter((each) => each !== day) : [...days, day].sort((one, other) => one - other))
          }
        >
          {/* 2024 began with a Monday. */}
          {formatDate(new Date(Date.UTC(2024, 0, day)), { weekday: 'long', timeZone: 'UTC' })}
        </Checkbox>
      ))}
      {error && (
        <Typography variant="pi" textColor="danger600">
          {error}
        </Typography>
      )}
    </Flex>
  );
}

function TimeField({ value, onChange }: { value: string; onChange(time: string): void }) {
  const text = useText();
  const { error } = useField('digest.time');
  return (
    <Field.Root name="digest.time" error={error} width="14rem">
      <Field.Label>{text('notices.digestTime')}</Field.Label>
      <TextInput type="time" value={value} onChange={(event: React.ChangeEvent<HTMLInputElement>) => onChange(event.target.value)} />
      <Field.Error />
    </Field.Root>
  );
}

/** That of the site, the one where the browser is, or what was chosen elsewhere. */
function ZoneField({ value, onChange }: { value: string | null; onChange(timeZone: string | null): void }) {
  const text = useText();
  const { error } = useField('digest.timeZone');
  const zones = [...new Set([here(), ...(value ? [value] : [])])];
  return (
    <Field.Root name="digest.timeZone" error={error} minWidth="24rem">
      <Field.Label>{text('notices.digestZone')}</Field.Label>
      <SingleSelect value={value ?? 'site'} onChange={(zone: string | number) => onChange(zone === 'site' ? null : String(zone))}>
        <SingleSelectOption value="site">{text('notices.digestSiteZone')}</SingleSelectOption>
        {zones.map((zone) => (
          <SingleSelectOption key={zone} value={zone}>
            {zone}
          </SingleSelectOption>
        ))}
      </SingleSelect>
      <Field.Error />
    </Field.Root>
  );
}
