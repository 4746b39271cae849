import type { FieldType } from '../../../shared/api/rules';
import type { Address } from '../message/types';
import type { RuleSubject } from './types';

/** What a field holds. `boolean`, `number` and `date` (milliseconds since 1970) are compared as numbers. */
export type { FieldType };

interface FieldBase {
  key: string;
  label: string;
  /** What should not be written down in a trace beyond its length: the whole source, headers that carry keys. */
  hidden?: boolean;
}

export interface TextField<S = RuleSubject> extends FieldBase {
  type: 'text';
  /** Every value that is there; none when the field is absent or blank. */
  read(subject: S): string[];
}

interface OrderedField<S = RuleSubject> extends FieldBase {
  type: 'number' | 'date' | 'boolean';
  read(subject: S): number[];
}

export type Field<S = RuleSubject> = TextField<S> | OrderedField<S>;

/** Every operator that fits a type, in the order in which an editor offers them. The first is the default. */
export const OPERATORS_OF_TYPE: Record<FieldType, readonly string[]> = {
  text: [
    'contains',
    'doesNotContain',
    '=',
    '!=',
    'beginsWith',
    'doesNotBeginWith',
    'endsWith',
    'doesNotEndWith',
    'in',
    'notIn',
    'null',
    'notNull',
    'matches',
    'doesNotMatch',
    'hasTicketNumber',
    'doesNotHaveTicketNumber',
  ],
  number: ['=', '!=', '<', '<=', '>', '>=', 'between', 'notBetween', 'in', 'notIn'],
  date: ['=', '!=', '<', '<=', '>', '>=', 'between', 'notBetween', 'null', 'notNull'],
  boolean: ['=', '!='],
};

/** What conditions may look at. `header:<Name>` comes on top: see fieldOf(). */
export const FIELDS: readonly Field[] = [
  { key: 'from', label: 'From (address or name)', type: 'text', read: ({ from }) => addressesAndNames(from ? [from] : []) },
  { key: 'fromAddress', label: 'From address', type: 'text', read: ({ from }) => present([from?.address]) },
  { key: 'fromName', label: 'From name', type: 'text', read: ({ from }) => present([from?.name]) },
  { key: 'to', label: 'To', type: 'text', read: ({ to }) => addressesAndNames(to) },
  { key: 'cc', label: 'Cc', type: 'text', read: ({ cc }) => addressesAndNames(cc) },
  { key: 'bcc', label: 'Bcc', type: 'text', read: ({ bcc }) => addressesAndNames(bcc) },
  {
    key: 'recipients',
    label: 'Recipients (To, Cc, Bcc)',
    type: 'text',
    read: ({ to, cc, bcc }) => addressesAndNames([...to, ...cc, ...bcc]),
  },
  { key: 'replyTo', label: 'Reply-To', type: 'text', read: ({ replyTo }) => addressesAndNames(replyTo) },
  { key: 'subject', label: 'Subject', type: 'text', read: ({ subject }) => present([subject]) },
  { key: 'text', label: 'Text', type: 'text', read: ({ text }) => present([text]) },
  { key: 'source', label: 'Whole source', type: 'text', hidden: true, read: ({ source }) => present([source()]) },
  { key: 'attachmentName', label: 'Attachment name', type: 'text', read: ({ attachmentNames }) => present(attachmentNames) },
  { key: 'attachmentCount', label: 'Number of attachments', type: 'number', read: ({ attachmentNames }) => [attachmentNames.length] },
  { key: 'size', label: 'Size (bytes)', type: 'number', read: ({ size }) => [size] },
  { key: 'date', label: 'Date', type: 'date', read: ({ date }) => instants(date) },
  { key: 'folder', label: 'Folder', type: 'text', read: ({ folder }) => present([folder]) },
  { key: 'isAutomatic', label: 'Written by a machine', type: 'boolean', read: ({ isAutomatic }) => [Number(isAutomatic)] },
  { key: 'verified', label: 'Sender verified', type: 'boolean', read: ({ verified }) => [Number(verified)] },
];

const FIELD_BY_KEY = new Map(FIELDS.map((field) => [field.key, field]));

const HEADER_PREFIX = 'header:';
/** RFC 5322 §3.6.8: printable ASCII without the colon. */
const HEADER_NAME = /^[!-9;-~]+$/;
/** Headers that systems use to carry keys. */
const SECRET_HEADER = /^(proxy-)?authorization$|cookie|password|secret|token|api-?key/i;

/** The field of that key; null when there is none. `header:<Name>` is any header, by a name in any case. */
export function fieldOf(key: string): Field | null {
  const field = FIELD_BY_KEY.get(key);
  if (field) return field;
  if (!key.startsWith(HEADER_PREFIX)) return null;
  const name = key.slice(HEADER_PREFIX.length).trim();
  return HEADER_NAME.test(name) ? headerField(key, name) : null;
}

function headerField(key: string, name: string): TextField {
  const lowerName = name.toLowerCase();
  return {
    key,
    label: `Header ${name}`,
    type: 'text',
    hidden: SECRET_HEADER.test(name),
    read: ({ headers }) => present(Object.hasOwn(headers, lowerName) ? headers[lowerName] : []),
  };
}

/** A condition on an address list holds for any address or any name in it. */
function addressesAndNames(addresses: Address[]): string[] {
  return present(addresses.flatMap(({ address, name }) => [address, name]));
}

export function present(values: (string | undefined)[]): string[] {
  return values.filter((value): value is string => value !== undefined && value.trim() !== '');
}

function instants(date: string | null): number[] {
  const time = date === null ? Number.NaN : Date.parse(date);
  return Number.isNaN(time) ? [] : [time];
}
