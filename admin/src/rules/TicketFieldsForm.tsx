import * as React from 'react';
import { Box, Checkbox, TextButton, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { TicketField } from '../api/rules';
import type { RuleWords } from '../shared/hooks/useRuleWords';
import { useText } from '../shared/hooks/useText';
import { useHasPattern } from './useHasPattern';
import { CONTROLS, TextControl, controlOf, startValue } from './fieldControls';

interface TicketFieldsFormProps {
  fields: TicketField[];
  words: RuleWords;
  values: Record<string, unknown>;
  onChange(values: Record<string, unknown>): void;
  disabled: boolean;
}

/** The ticket's own fields: ticked ones are written, with the control that fits their type. */
export function TicketFieldsForm({ fields, words, values, onChange, disabled }: TicketFieldsFormProps) {
  const text = useText();
  const hasPattern = useHasPattern();
  const activate = (field: TicketField, active: boolean) => {
    const { [field.name]: _, ...others } = values;
    onChange(active ? { ...values, [field.name]: startValue(field) } : others);
  };
  return (
    <Rows>
      {hasPattern && <PatternHint>{text('ticketAction.caughtHint')}</PatternHint>}
      {fields.map((field) => {
        const label = words.ticketField(field.name);
        const active = field.name in values;
        const isCaught = isReference(values[field.name]);
        const Control = isCaught ? TextControl : CONTROLS[controlOf(field)];
        const mayBeCaught = active && hasPattern && !['text', 'longText', 'user', 'status', 'relation'].includes(controlOf(field));
        return (
          <React.Fragment key={field.name}>
            <Checkbox checked={active} disabled={disabled} onCheckedChange={(checked: boolean) => activate(field, checked)}>
              {label}
            </Checkbox>
            <Value>
              {active && (
                <Control
                  field={field}
                  label={text('ticketAction.valueOf', { field: label })}
                  value={values[field.name]}
                  onChange={(value) => onChange({ ...values, [field.name]: value })}
                  disabled={disabled}
                />
              )}
              {(mayBeCaught || (active && isCaught && controlOf(field) !== 'text')) && !disabled && (
                <TextButton
                  aria-pressed={isCaught}
                  onClick={() => onChange({ ...values, [field.name]: isCaught ? startValue(field) : '$1' })}
                >
                  {text(isCaught ? 'ticketAction.choose' : 'ticketAction.caught')}
                </TextButton>
              )}
            </Value>
          </React.Fragment>
        );
      })}
    </Rows>
  );
}

/** `$1` and `$name`: what a group of a pattern caught. */
const isReference = (value: unknown): boolean => typeof value === 'string' && /^\$\{?\w+\}?$/.test(value);

const PatternHint = ({ children }: { children: string }) => (
  <Box style={{ gridColumn: '1 / -1' }}>
    <Typography variant="pi" textColor="neutral600">
      {children}
    </Typography>
  </Box>
);

const Value = styled.div`
  min-height: 3.2rem;

  /* Below the name and not beside it, nothing needs no room. */
  @media (max-width: 520px) {
    &:empty {
      display: none;
    }
  }
`;

const Rows = styled.div`
  display: grid;
  grid-template-columns: minmax(14rem, 1fr) minmax(0, 3fr);
  gap: 0.8rem 1.6rem;
  align-items: center;
  padding-top: 1.6rem;

  @media (max-width: 520px) {
    grid-template-columns: 1fr;
  }
`;
