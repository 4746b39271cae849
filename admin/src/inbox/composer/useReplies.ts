import type * as React from 'react';
import type { FilledReply } from '../../api/answering';
import { useFeedback } from '../../shared/hooks/useFeedback';
import { useText } from '../../shared/hooks/useText';
import type { AnswerEditorHandle } from './AnswerEditor';

/** Puts canned replies into the text, with what follows: their files, and a warning of tags that say nothing here. */
export function useReplies(editor: React.RefObject<AnswerEditorHandle | null>, addFiles: (reply: FilledReply) => void) {
  const text = useText();
  const { warn } = useFeedback();
  const afterReply = (reply: FilledReply) => {
    if (reply.unknownTags.length > 0) warn(text('template.unknownTags', { tags: reply.unknownTags.join(', ') }));
    if (reply.files.length > 0) addFiles(reply);
  };
  const insertReply = (reply: FilledReply) => {
    editor.current?.insertHtml(reply.html);
    afterReply(reply);
  };
  return { afterReply, insertReply };
}
