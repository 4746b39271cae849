import * as React from 'react';
import { Typography } from '@strapi/design-system';
import { useField, useForm } from '@strapi/strapi/admin';
import { QueryBuilder, type RuleGroupType } from 'react-querybuilder';
import type { ConditionGroup, FieldType, RuleSchema } from '../api/rules';
import type { RuleWords } from '../shared/hooks/useRuleWords';
import { useText } from '../shared/hooks/useText';
import { CONTROLS } from './conditionControls';
import { ConditionsDrag, DRAG_CONTROLS } from './ConditionsDrag';
import { ConditionsLook } from './ConditionsLook';
import { errorsIn } from './errorsIn';
import { moveCondition } from './moveCondition';

const HEADER = 'header:';

const ALL_CONTROLS = { ...CONTROLS, ...DRAG_CONTROLS };

interface ConditionsEditorProps {
  schema: RuleSchema;
  words: RuleWords;
  disabled: boolean;
}

/** The conditions of a rule as a tree: react-querybuilder with Strapi's controls. */
export function ConditionsEditor({ schema, words, disabled }: ConditionsEditorProps) {
  const text = useText();
  const { value: conditions, onChange } = useField<ConditionGroup>('conditions');
  const errors = useForm('ConditionsEditor', (form) => form.errors) as Record<string, unknown>;
  const [query, setQuery] = React.useState(() => conditions as RuleGroupType);

  // The editor gives every part an id; the form keeps the tree without, so that an untouched one counts as unchanged.
  const change = (next: RuleGroupType) => {
    setQuery(next);
    const bare = bareTree(next as ConditionGroup);
    if (JSON.stringify(bare) !== JSON.stringify(conditions)) onChange('conditions', bare);
  };

  const drop = (from: number[], group: number[], index: number) => {
    const moved = moveCondition(query, from, group, index);
    if (moved) change(moved);
  };

  const typeOf = (name: string): FieldType => schema.fields.find((field) => field.name === name)?.type ?? 'text';
  const operatorsOf = (name: string) => {
    const names =
      schema.fields.find((field) => field.name === name)?.operators ?? schema.fields.find(({ type }) => type === 'text')!.operators;
    return names.map((operator) => ({ name: operator, label: words.operator(operator) }));
  };
  const kindOf = (operator: string) => schema.operators.find(({ name }) => name === operator)?.type ?? 'one';

  const fields = React.useMemo(
    () =>
      [
        ...schema.fields.map(({ name }) => ({ name, label: words.field(name) })),
        ...headersIn(query).map((name) => ({ name, label: name })),
        // Only an email has headers.
        ...(schema.fields.some(({ name }) => name === 'from') ? [{ name: HEADER, label: text('field.anyHeader') }] : []),
      ].filter(({ name }, index, all) => all.findIndex((other) => other.name === name) === index),
    [schema, words, query, text],
  );

  return (
    <ConditionsLook>
      <ConditionsDrag onMove={drop}>
        <QueryBuilder
          fields={fields}
          query={query}
          onQueryChange={change}
          disabled={disabled}
          showNotToggle
          showShiftActions={!disabled}
          enableDragAndDrop={!disabled}
          listsAsArrays
          resetOnFieldChange
          resetOnOperatorChange={false}
          addRuleToNewGroups
          getOperators={operatorsOf}
          combinators={[
            { name: 'and', label: text('conditions.all') },
            { name: 'or', label: text('conditions.any') },
          ]}
          getDefaultField="subject"
          getDefaultOperator={(name) => operatorsOf(name)[0].name}
          getDefaultValue={(rule) => (typeOf(rule.field) === 'boolean' ? true : '')}
          context={{ typeOf, kindOf, text, schema }}
          controlElements={ALL_CONTROLS}
          translations={{
            fields: { title: text('conditions.field'), placeholderName: '~', placeholderLabel: '', placeholderGroupLabel: '' },
            operators: { title: text('conditions.operator'), placeholderName: '~', placeholderLabel: '', placeholderGroupLabel: '' },
            value: { title: text('conditions.value') },
            combinators: { title: text('conditions.combinator') },
            notToggle: { label: text('conditions.not'), title: text('conditions.notTitle') },
            addRule: { label: text('conditions.add'), title: text('conditions.add') },
            addGroup: { label: text('conditions.addGroup'), title: text('conditions.addGroup') },
            removeRule: { label: '', title: text('conditions.remove') },
            removeGroup: { label: '', title: text('conditions.removeGroup') },
          }}
        />
      </ConditionsDrag>
      {errorsIn(errors.conditions).map((message) => (
        <Typography key={message} textColor="danger600" tag="p" role="alert">
          {message}
        </Typography>
      ))}
    </ConditionsLook>
  );
}

/** What the server reads: without the ids and paths of the editor, and without `not` where it is not set. */
function bareTree({ combinator, not, rules }: ConditionGroup): ConditionGroup {
  return {
    combinator,
    ...(not ? { not } : {}),
    rules: rules.map((rule) => ('rules' in rule ? bareTree(rule) : { field: rule.field, operator: rule.operator, value: rule.value })),
  };
}

function headersIn(query: RuleGroupType): string[] {
  return query.rules.flatMap((rule) =>
    typeof rule === 'string' ? [] : 'rules' in rule ? headersIn(rule as RuleGroupType) : rule.field.startsWith(HEADER) ? [rule.field] : [],
  );
}
