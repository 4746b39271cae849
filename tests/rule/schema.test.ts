import { expect, test } from 'vitest';
import { conditionSchema } from '../../server/services/rule/schema';
import { validateConditions } from '../../server/services/rule/validate';

const VALUES: Record<string, unknown> = { text: 'x', number: 1, date: '2026-11-24', boolean: true };

test('whatever an editor offers can be saved', () => {
  const { fields, operators } = conditionSchema();
  for (const field of fields) {
    for (const name of field.operators) {
      const operand = operators.find((operator) => operator.name === name)?.type;
      const value = VALUES[field.type];
      const rule = { field: field.name, operator: name, value: operand === 'pair' ? [value, value] : operand === 'list' ? [value] : value };
      expect(validateConditions({ combinator: 'and', rules: [rule] }), `${field.name} ${name}`).toMatchObject({ ok: true });
    }
  }
});

test('an editor gets plain data', () => {
  const schema = conditionSchema();
  expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
  expect(schema.fields.find(({ name }) => name === 'size')).toEqual({
    name: 'size',
    label: 'Size (bytes)',
    type: 'number',
    operators: ['=', '!=', '<', '<=', '>', '>=', 'between', 'notBetween', 'in', 'notIn'],
  });
  expect(schema.operators).toContainEqual({ name: 'doesNotMatch', label: 'does not match', type: 'pattern' });
});
