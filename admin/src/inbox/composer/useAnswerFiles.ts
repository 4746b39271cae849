import * as React from 'react';
import { useAttachReplyFilesMutation, type FilledReply } from '../../api/answering';
import type { Attachment, Ticket } from '../../api/tickets';
import type { AnswerEditorHandle } from './AnswerEditor';
import type { Draft } from './useDraft';
import { usePictures, widthOf } from './usePictures';
import { useUploads } from '../../shared/helpdesk/useUploads';

/** A text with its files. */
type Written = Pick<Draft, 'html' | 'attachments'>;

interface UseAnswerFiles {
  limits: Ticket['uploadLimits'];
  draft: Written;
  change(change: (draft: Written) => Partial<Written>): void;
  /** Those that are going to be sent. */
  attachments: Attachment[];
  editor: React.RefObject<AnswerEditorHandle>;
}

const isPicture = ({ type }: File): boolean => /^image\/(png|jpeg|gif|webp)$/.test(type);

/** The files of an answer, and the pictures within its text. */
export function useAnswerFiles({ limits, draft, change, attachments, editor }: UseAnswerFiles) {
  const pictures = usePictures(draft.attachments);
  const uploads = useUploads({
    limits,
    attachments,
    onAdded: (attachment) => change((now) => ({ attachments: [...now.attachments, attachment] })),
    onRemoved: ({ documentId }) => change((now) => ({ attachments: now.attachments.filter((other) => other.documentId !== documentId) })),
  });
  const [attachFiles] = useAttachReplyFilesMutation();
  return {
    pending: uploads.pending,
    isWaiting: uploads.pending.length > 0,
    add: (files: File[]) => uploads.add(files),
    remove: uploads.remove,
    /** The files that go with a canned reply. */
    addOfReply: ({ documentId, files }: FilledReply) => void uploads.take(files, () => attachFiles(documentId).unwrap()),
    /** Files that are pasted: a picture goes into the text, anything else is attached. */
    addPasted: (files: File[]) => {
      uploads.add(files.filter(isPicture), {
        inline: true,
        then: async (picture, file) => {
          pictures.keep(picture, file);
          editor.current?.insertPicture(picture, await widthOf(file));
        },
      });
      uploads.add(files.filter((file) => !isPicture(file)));
    },
    loadPicture: pictures.load,
  };
}
