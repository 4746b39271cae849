import { FIELDS, OPERATORS_OF_TYPE, type FieldType } from './fields';
import { OPERATORS, type OperandKind } from './operators';

/** What an editor of conditions offers, as plain data. */
export interface ConditionSchema {
  fields: { name: string; label: string; type: FieldType; operators: readonly string[] }[];
  operators: { name: string; label: string; type: OperandKind }[];
}

/** All fields and operators. A header is a field, too: `header:` and its name, of type `text`. */
export function conditionSchema(): ConditionSchema {
  return {
    fields: FIELDS.map(({ key, label, type }) => ({ name: key, label, type, operators: OPERATORS_OF_TYPE[type] })),
    operators: OPERATORS.map(({ name, label, operand }) => ({ name, label, type: operand })),
  };
}
