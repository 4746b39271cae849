import * as React from 'react';
import { Flex, Loader } from '@strapi/design-system';
import type { Attachment } from '../../api/tickets';
import { AttachButton } from '../../shared/helpdesk/FileInputs';
import { UploadList } from '../../shared/helpdesk/UploadList';
import { useText } from '../../shared/hooks/useText';
import type { AnswerEditorHandle, AnswerEditorProps } from './AnswerEditor';
import { CannedReplyMenu } from './CannedReplyMenu';
import { SignatureButton } from './SignatureButton';
import type { useAnswerFiles } from './useAnswerFiles';
import { useReplies } from './useReplies';

/** Apart, because it weighs more than all the rest. */
const AnswerEditor = React.lazy(() => import('./AnswerEditor').then((module) => ({ default: module.AnswerEditor })));

interface MessageEditorProps extends Omit<AnswerEditorProps, 'onReply' | 'onPastedFiles' | 'loadPicture'> {
  editor: React.RefObject<AnswerEditorHandle>;
  files: ReturnType<typeof useAnswerFiles>;
  /** Those that are going to be sent. */
  attachments: Attachment[];
  /** Whether its author answers customers, and has a signature for that. */
  canReply: boolean;
  /** What stands between the text and its files. */
  children?: React.ReactNode;
}

/** The text of a message with its canned replies, files and signature. */
export function MessageEditor({ editor, files, attachments, canReply, children, ...props }: MessageEditorProps) {
  const text = useText();
  const { afterReply, insertReply } = useReplies(editor, files.addOfReply);
  return (
    <>
      <React.Suspense fallback={<Loader>{text('common.loading')}</Loader>}>
        <AnswerEditor ref={editor} onReply={afterReply} onPastedFiles={files.addPasted} loadPicture={files.loadPicture} {...props}>
          <Flex gap={2} wrap="wrap">
            <CannedReplyMenu replies={props.replies} onPick={insertReply} />
            <AttachButton onFiles={files.add} />
            {canReply && <SignatureButton />}
          </Flex>
        </AnswerEditor>
      </React.Suspense>
      {children}
      <UploadList attachments={attachments.filter(({ inline }) => !inline)} pending={files.pending} onRemove={files.remove} />
    </>
  );
}
