import * as React from 'react';
import { useFetchClient } from '@strapi/strapi/admin';
import { useIntl } from 'react-intl';
import { useDiscardUploadMutation } from '../../api/answering';
import type { Attachment, Ticket } from '../../api/tickets';
import { useFeedback } from '../hooks/useFeedback';
import { useText } from '../hooks/useText';

export interface PendingUpload {
  id: number;
  name: string;
}

interface UseUploads {
  limits: Ticket['uploadLimits'];
  /** Those that are going to be sent. */
  attachments: Attachment[];
  onAdded(attachment: Attachment): void;
  onRemoved(attachment: Attachment): void;
}

let count = 0;

/** Files of an answer: each is uploaded as soon as it is chosen, so that sending is quick and a reload loses none. */
export function useUploads({ limits, attachments, onAdded, onRemoved }: UseUploads) {
  const text = useText();
  const { formatNumber } = useIntl();
  const { warn, failure } = useFeedback();
  const { post } = useFetchClient();
  const [discard] = useDiscardUploadMutation();
  const [pending, setPending] = React.useState<PendingUpload[]>([]);
  const size = (bytes: number) => formatNumber(bytes / 1_000_000, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 });

  /** Why these files cannot all be added; null when they can. */
  const problemOf = (files: File[]): string | null => {
    const large = files.find((file) => file.size > limits.fileBytes);
    if (large) return text('compose.fileTooLarge', { name: large.name, limit: size(limits.fileBytes) });
    const empty = files.find((file) => file.size === 0);
    if (empty) return text('compose.fileEmpty', { name: empty.name });
    const total = [...attachments, ...files].reduce((sum, file) => sum + file.size, 0);
    if (total > limits.totalBytes) return text('compose.filesTooLarge', { limit: size(limits.totalBytes) });
    return attachments.length + pending.length + files.length > limits.files ? text('compose.tooManyFiles', { count: limits.files }) : null;
  };

  const upload = async (file: File, inline: boolean): Promise<Attachment | null> => {
    const id = (count += 1);
    setPending((others) => [...others, { id, name: file.name }]);
    const form = new FormData();
    form.append('inline', String(inline));
    form.append('files', file);
    try {
      const { data } = await post<{ data: Attachment }>('/mail-scanner/attachments', form);
      onAdded(data.data);
      return data.data;
    } catch (error) {
      failure(error);
      return null;
    } finally {
      setPending((others) => others.filter((other) => other.id !== id));
    }
  };

  return {
    pending,
    /** Uploads the files; `then` gets each that has arrived. */
    add: (files: File[], { inline = false, then }: { inline?: boolean; then?(attachment: Attachment, file: File): void } = {}) => {
      const problem = problemOf(files);
      if (problem) return warn(problem);
      for (const file of files) void upload(file, inline).then((attachment) => attachment && then?.(attachment, file));
    },
    /** Files that the server has already, and makes uploads of. */
    take: async (files: { name: string }[], load: () => Promise<Attachment[]>) => {
      const waiting = files.map(({ name }) => ({ id: (count += 1), name }));
      setPending((others) => [...others, ...waiting]);
      try {
        for (const attachment of await load()) onAdded(attachment);
      } catch (error) {
        failure(error);
      } finally {
        setPending((others) => others.filter((other) => !waiting.includes(other)));
      }
    },
    remove: (attachment: Attachment) => {
      onRemoved(attachment);
      // When this fails, the server removes the file later.
      void discard(attachment.documentId);
    },
  };
}
