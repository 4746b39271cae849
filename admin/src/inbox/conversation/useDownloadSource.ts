import { useFetchClient } from '@strapi/strapi/admin';
import { useFeedback } from '../../shared/hooks/useFeedback';
import { saveAs } from '../../shared/utils/attachmentBytes';

/** The email as it came, headers and all. Saved as a file and never opened: it is a stranger's code. */
export function useDownloadSource(): (commentId: string) => Promise<void> {
  const { get } = useFetchClient();
  const { failure } = useFeedback();
  return async (commentId) => {
    try {
      const { data } = await get<Blob>(`/mail-scanner/comments/${commentId}/source`, { responseType: 'blob' });
      saveAs(data, `message-${commentId}.eml`);
    } catch (error) {
      failure(error);
    }
  };
}
