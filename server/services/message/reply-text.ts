import type { MarkedRange } from './text';

export interface ReplyMarks {
  quotes: MarkedRange[];
  signatures: MarkedRange[];
}

export function replyText(text: string, _marks?: ReplyMarks): string {
  return text.trim();
}
