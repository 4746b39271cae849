import * as React from 'react';
import { Box, Button, Checkbox, Flex, IconButton, SingleSelect, SingleSelectOption, TextInput, Typography } from '@strapi/design-system';
import { Cross, Plus } from '@strapi/icons';
import type {
  ActionProps,
  ControlElementsProp,
  FullField,
  NotToggleProps,
  ShiftActionsProps,
  ValueEditorProps,
  VersatileSelectorProps,
} from 'react-querybuilder';
import { PRIORITIES, STATUSES } from '../../../shared/vocabulary';
import type { FieldType, OperandKind, RuleSchema } from '../api/rules';
import { isTrue } from '../shared/hooks/useRuleWords';
import type { Text, TextKey } from '../shared/hooks/useText';
import { MoveButtons } from './MoveButtons';

/** The parts that react-querybuilder is made of, out of Strapi's design system. */

interface EditorContext {
  typeOf(field: string): FieldType;
  kindOf(operator: string): OperandKind;
  text: Text;
  schema: RuleSchema;
}

const HEADER = 'header:';

function Selector({ options, value, handleOnChange, title, disabled, className }: VersatileSelectorProps) {
  return (
    <Box className={className}>
      <SingleSelect
        aria-label={title}
        size="S"
        value={value}
        disabled={disabled}
        onChange={(chosen: string | number) => handleOnChange(String(chosen))}
      >
        {(options as { name: string; label: string }[]).map(({ name, label }) => (
          <SingleSelectOption key={name} value={name}>
            {label}
          </SingleSelectOption>
        ))}
      </SingleSelect>
    </Box>
  );
}

/** A field, and for a header its name beside it. */
function FieldSelector(props: VersatileSelectorProps) {
  const { text } = props.context as EditorContext;
  const field = props.value ?? '';
  if (!field.startsWith(HEADER)) return <Selector {...props} />;
  return (
    <Flex gap={2} className={props.className}>
      <Box flex="1" minWidth={0}>
        <Selector
          {...props}
          className=""
          value={HEADER}
          options={(props.options as FullField[]).filter(({ name }) => !name.startsWith(HEADER) || name === HEADER)}
        />
      </Box>
      <Box flex="1" minWidth={0}>
        <TextInput
          aria-label={text('field.headerName')}
          placeholder="X-Priority"
          size="S"
          value={field.slice(HEADER.length)}
          disabled={props.disabled}
          onChange={(event: React.ChangeEvent<HTMLInputElement>) => props.handleOnChange(`${HEADER}${event.target.value.trim()}`)}
        />
      </Box>
    </Flex>
  );
}

/** Fields of a ticket that hold one of some words. */
const CHOICES: Record<string, { kind: 'status' | 'priority'; values: readonly string[] } | undefined> = {
  ticketStatus: { kind: 'status', values: STATUSES },
  priority: { kind: 'priority', values: PRIORITIES },
};

const INPUT_TYPES: Record<FieldType, string> = { text: 'text', number: 'number', date: 'date', boolean: 'text' };

function ValueEditor({ field, operator, value, handleOnChange, title, disabled, className, context }: ValueEditorProps) {
  const { typeOf, kindOf, text } = context as EditorContext;
  const kind = kindOf(operator);
  const type = typeOf(field);
  if (kind === 'none' || kind === 'ticketPattern') return <Box className={className} aria-hidden />;
  if (type === 'boolean') {
    return (
      <Box className={className}>
        <SingleSelect
          aria-label={title}
          size="S"
          value={isTrue(value) ? 'true' : 'false'}
          disabled={disabled}
          onChange={(chosen: string | number) => handleOnChange(chosen === 'true')}
        >
          <SingleSelectOption value="true">{text('common.yes')}</SingleSelectOption>
          <SingleSelectOption value="false">{text('common.no')}</SingleSelectOption>
        </SingleSelect>
      </Box>
    );
  }
  const choices = CHOICES[field];
  if (choices && (operator === '=' || operator === '!=')) {
    return (
      <Box className={className}>
        <SingleSelect
          aria-label={title}
          size="S"
          value={choices.values.includes(String(value)) ? String(value) : ''}
          disabled={disabled}
          onChange={(chosen: string | number) => handleOnChange(String(chosen))}
        >
          {choices.values.map((choice) => (
            <SingleSelectOption key={choice} value={choice}>
              {text(`inbox.${choices.kind}.${choice}` as TextKey)}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      </Box>
    );
  }
  const input = (shown: string, label: string | undefined, change: (value: string) => void, placeholder?: string) => (
    <TextInput
      aria-label={label}
      size="S"
      type={kind === 'list' ? 'text' : INPUT_TYPES[type]}
      placeholder={placeholder}
      value={shown}
      disabled={disabled}
      onChange={(event: React.ChangeEvent<HTMLInputElement>) => change(event.target.value)}
    />
  );
  if (kind === 'pair') {
    const [low, high] = [0, 1].map((index) => String((Array.isArray(value) ? value[index] : '') ?? ''));
    return (
      <Flex gap={2} className={className}>
        {input(low, text('conditions.from'), (next) => handleOnChange([next, high]))}
        <Typography>{text('rule.and')}</Typography>
        {input(high, text('conditions.to'), (next) => handleOnChange([low, next]))}
      </Flex>
    );
  }
  const shown = Array.isArray(value) ? value.join(', ') : String(value ?? '');
  const placeholders: Partial<Record<OperandKind, string>> = {
    list: text('conditions.listPlaceholder'),
    pattern: text('conditions.patternPlaceholder'),
  };
  return <Box className={className}>{input(shown, title, handleOnChange, placeholders[kind])}</Box>;
}

function AddButton({ label, handleOnClick, disabled }: ActionProps) {
  return (
    <Button
      type="button"
      variant="tertiary"
      size="S"
      startIcon={<Plus />}
      disabled={disabled}
      onClick={(event: React.MouseEvent) => handleOnClick(event)}
    >
      {label}
    </Button>
  );
}

function RemoveButton({ title, handleOnClick, disabled }: ActionProps) {
  return (
    <IconButton
      type="button"
      label={title ?? ''}
      variant="ghost"
      disabled={disabled}
      onClick={(event: React.MouseEvent) => handleOnClick(event)}
    >
      <Cross />
    </IconButton>
  );
}

function NotToggle({ checked, handleOnChange, label, disabled }: NotToggleProps) {
  return (
    <Checkbox checked={checked ?? false} disabled={disabled} onCheckedChange={(not: boolean) => handleOnChange(not)}>
      {label}
    </Checkbox>
  );
}

/** Moves a condition or a group one place, also into the group beside it and out of its own. */
function ShiftButtons({ ruleOrGroup, shiftUp, shiftDown, shiftUpDisabled, shiftDownDisabled, disabled, context }: ShiftActionsProps) {
  const { text } = context as EditorContext;
  if (disabled) return null;
  const name = text('rules' in ruleOrGroup ? 'conditions.addGroup' : 'conditions.add');
  const moving = (shift: () => void, button: number) => () => {
    shift();
    // In another group it is another element of the page, and the next press of the key would be lost with the old one.
    const own = ['data-rule-id', 'data-rule-group-id'].map((name) => `[${name}="${ruleOrGroup.id}"] .shiftActions button`);
    setTimeout(() => document.querySelectorAll<HTMLElement>(own.join())[button]?.focus());
  };
  return (
    <Flex className="shiftActions">
      <MoveButtons
        name={name}
        isFirst={Boolean(shiftUpDisabled)}
        isLast={Boolean(shiftDownDisabled)}
        onUp={moving(() => shiftUp(), 0)}
        onDown={moving(() => shiftDown(), 1)}
      />
    </Flex>
  );
}

export const CONTROLS: ControlElementsProp<FullField, string> = {
  fieldSelector: FieldSelector,
  operatorSelector: Selector,
  combinatorSelector: Selector,
  valueEditor: ValueEditor,
  addRuleAction: AddButton,
  addGroupAction: AddButton,
  removeRuleAction: RemoveButton,
  removeGroupAction: RemoveButton,
  notToggle: NotToggle,
  shiftActions: ShiftButtons,
};
