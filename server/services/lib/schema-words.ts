import type { SentenceCode } from '../../../shared/sentences/catalogue';
import { inEnglish, say, type FilledIn, type Said, type Words } from '../../../shared/sentences/words';

/** A schema of zod keeps a message as text. Those that were made here are known again by it: as many as stand in our schemas. */
const known = new Map<string, Said>();

/** A sentence of the catalogue as the message of a schema. */
export function schemaSays<Code extends SentenceCode>(code: Code, ...values: FilledIn<Code>): string {
  const said = say(code, ...values);
  const text = inEnglish(said);
  known.set(text, said);
  return text;
}

/** What is looked at of an issue of zod. */
interface Issue {
  message: string;
  code?: string;
  origin?: string;
  maximum?: number | bigint;
  params?: { said?: Words };
}

/**
 * What an issue of a schema says. A check that works its words out hands them on in `params.said`; of a text that is too long, zod's own
 * words would be in English and about types.
 */
export const saidByIssue = ({ message, params, ...issue }: Issue): Words =>
  params?.said ??
  known.get(message) ??
  (issue.code === 'too_big' && issue.origin === 'string' ? say('form.tooLong', { count: Number(issue.maximum) }) : message);
