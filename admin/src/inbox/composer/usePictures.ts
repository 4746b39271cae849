import * as React from 'react';
import { useFetchClient } from '@strapi/strapi/admin';
import type { Attachment } from '../../api/tickets';
import { fetchAttachment } from '../../shared/utils/attachmentBytes';

/** The bytes of the pictures in a draft: those that were just pasted are at hand, those of an earlier day are fetched. */
export function usePictures(attachments: Attachment[]) {
  const { get } = useFetchClient();
  const kept = React.useRef(new Map<string, Blob>());
  return {
    keep: ({ contentId }: Attachment, bytes: Blob) => void kept.current.set(contentId ?? '', bytes),
    load: async (contentId: string): Promise<Blob> => {
      const attachment = attachments.find((candidate) => candidate.contentId === contentId);
      const bytes = kept.current.get(contentId) ?? (attachment && (await fetchAttachment(get, attachment)));
      if (!bytes) throw new Error('The picture is not there any more.');
      kept.current.set(contentId, bytes);
      return bytes;
    },
  };
}

/** As wide as an email is. */
const MAX_WIDTH = 600;

/** How wide to show a picture, in pixels; null when it cannot be read. */
export async function widthOf(file: Blob): Promise<number | null> {
  try {
    const bitmap = await createImageBitmap(file);
    const { width } = bitmap;
    bitmap.close();
    return Math.min(width, MAX_WIDTH);
  } catch {
    return null;
  }
}
