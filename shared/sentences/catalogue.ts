import { alert } from './alert';
import { answer } from './answer';
import { block } from './block';
import { comment } from './comment';
import { content } from './content';
import { desk } from './desk';
import { engine } from './engine';
import { form } from './form';
import { forward } from './forward';
import { graph } from './graph';
import { levels } from './levels';
import { log } from './log';
import { mailbox } from './mailbox';
import { message } from './message';
import { notice } from './notice';
import { oauth } from './oauth';
import { outgoing } from './outgoing';
import { pattern } from './pattern';
import { picture } from './picture';
import { privacy } from './privacy';
import { rule } from './rule';
import { status } from './status';
import { storage } from './storage';
import { tag } from './tag';
import { team } from './team';
import { trigger } from './trigger';
import { ticket } from './ticket';
import { view } from './view';
import { webhook } from './webhook';

/**
 * All that the server says to people: a code and its English sentence, with `{value}` where something is filled in, in the message format
 * of ICU (which quotes braces and angle brackets: `'{'`). The code goes over the wire and into the database and never changes its meaning;
 * the sentence may be worded better at any time. Each has a translation in admin/src/translations/server.
 */
export const SENTENCES = {
  ...mailbox,
  ...message,
  ...log,
  ...levels,
  ...storage,
  ...form,
  ...forward,
  ...rule,
  ...pattern,
  ...outgoing,
  ...ticket,
  ...notice,
  ...oauth,
  ...answer,
  ...alert,
  ...engine,
  ...privacy,
  ...desk,
  ...picture,
  ...comment,
  ...content,
  ...tag,
  ...status,
  ...team,
  ...view,
  ...trigger,
  ...graph,
  ...webhook,
  ...block,
} as const;

export type SentenceCode = keyof typeof SENTENCES;

/** The names in `{name}`. What ICU quotes is none. */
type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `${string}'${string}` ? never : Name) | NamesIn<Rest>
  : never;

/** What has to be filled into a sentence. */
export type ValuesOf<Code extends SentenceCode> = NamesIn<(typeof SENTENCES)[Code]>;
