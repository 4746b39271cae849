import type { OperandKind } from '../../../shared/api/rules';
import type { Pattern } from './pattern';
import { findTicketNumber } from './ticket-number';

/** One value of a text field: as it is, as people see it (seenText), and as it is compared (foldText, without blanks around it). */
export interface TextValue {
  raw: string;
  seen: string;
  folded: string;
}

/** A number, or a date to the precision given: both ends belong to it. "2026-11-24" is a whole day. */
export interface Range {
  from: number;
  until: number;
}

/** The value of a condition, read for its operator. See operand.ts. */
export interface Operand {
  /** Folded. */
  texts: string[];
  ranges: Range[];
  /** The condition's own regular expression, or the one for ticket numbers. */
  pattern: Pattern | null;
}

/**
 * How many values an operator needs: `none`; `one`; a `list` of any length; a `pair`, the smaller first; a `pattern`, which is
 * a regular expression; `ticketPattern`, which is none in the condition and the scanner's pattern in the test.
 */
export type { OperandKind };

interface PositiveOperator {
  name: string;
  /** Words that stand between the field's label and the value: "Subject contains …". */
  label: string;
  operand: OperandKind;
  /** Whether one value satisfies it. A field with several values satisfies it when any of them does. */
  text?(value: TextValue, operand: Operand): boolean;
  ordered?(value: number, operand: Operand): boolean;
}

/** The opposite of another operator: holds when no value satisfies that one, so also for an absent field. */
interface NegativeOperator {
  name: string;
  label: string;
  negates: string;
}

const within = (value: number, { from, until }: Range) => value >= from && value <= until;

const POSITIVE: readonly PositiveOperator[] = [
  {
    name: '=',
    label: 'is',
    operand: 'one',
    text: ({ folded }, { texts: [text] }) => folded === text.trim(),
    ordered: (value, { ranges: [range] }) => within(value, range),
  },
  { name: 'contains', label: 'contains', operand: 'one', text: ({ folded }, { texts: [text] }) => folded.includes(text) },
  {
    name: 'beginsWith',
    label: 'begins with',
    operand: 'one',
    text: ({ folded }, { texts: [text] }) => folded.startsWith(text.trimStart()),
  },
  { name: 'endsWith', label: 'ends with', operand: 'one', text: ({ folded }, { texts: [text] }) => folded.endsWith(text.trimEnd()) },
  {
    name: 'in',
    label: 'is one of',
    operand: 'list',
    text: ({ folded }, { texts }) => texts.some((text) => folded === text.trim()),
    ordered: (value, { ranges }) => ranges.some((range) => within(value, range)),
  },
  { name: '<', label: 'is less than', operand: 'one', ordered: (value, { ranges: [range] }) => value < range.from },
  { name: '<=', label: 'is at most', operand: 'one', ordered: (value, { ranges: [range] }) => value <= range.until },
  { name: '>', label: 'is more than', operand: 'one', ordered: (value, { ranges: [range] }) => value > range.until },
  { name: '>=', label: 'is at least', operand: 'one', ordered: (value, { ranges: [range] }) => value >= range.from },
  {
    name: 'between',
    label: 'is between',
    operand: 'pair',
    ordered: (value, { ranges: [low, high] }) => value >= low.from && value <= high.until,
  },
  { name: 'notNull', label: 'is not empty', operand: 'none', text: () => true, ordered: () => true },
  { name: 'matches', label: 'matches', operand: 'pattern', text: ({ seen }, { pattern }) => pattern?.test(seen) ?? false },
  {
    name: 'hasTicketNumber',
    label: 'has a ticket number',
    operand: 'ticketPattern',
    text: ({ raw }, { pattern }) => pattern !== null && findTicketNumber(pattern, raw) !== null,
  },
];

const NEGATIVE: readonly NegativeOperator[] = [
  { name: '!=', label: 'is not', negates: '=' },
  { name: 'doesNotContain', label: 'does not contain', negates: 'contains' },
  { name: 'doesNotBeginWith', label: 'does not begin with', negates: 'beginsWith' },
  { name: 'doesNotEndWith', label: 'does not end with', negates: 'endsWith' },
  { name: 'notIn', label: 'is none of', negates: 'in' },
  { name: 'notBetween', label: 'is not between', negates: 'between' },
  { name: 'null', label: 'is empty', negates: 'notNull' },
  { name: 'doesNotMatch', label: 'does not match', negates: 'matches' },
  { name: 'doesNotHaveTicketNumber', label: 'has no ticket number', negates: 'hasTicketNumber' },
];

/** An operator ready for use: what it asks of one value, and whether it wants the opposite. */
export interface Operator extends PositiveOperator {
  negative: boolean;
}

/** All operators, by the names of react-querybuilder where it has one. */
export const OPERATORS: readonly Operator[] = [
  ...POSITIVE.map((operator) => ({ ...operator, negative: false })),
  ...NEGATIVE.map(({ name, label, negates }) => ({
    ...(POSITIVE.find((operator) => operator.name === negates) as PositiveOperator),
    name,
    label,
    negative: true,
  })),
];

const OPERATOR_BY_NAME = new Map(OPERATORS.map((operator) => [operator.name, operator]));

/** The operator of that name; null when there is none. */
export function operatorOf(name: string): Operator | null {
  return OPERATOR_BY_NAME.get(name) ?? null;
}
