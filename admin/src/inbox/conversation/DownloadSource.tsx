import { TextButton } from '@strapi/design-system';
import { useFetchClient } from '@strapi/strapi/admin';
import { useFeedback } from '../../shared/hooks/useFeedback';
import { useText } from '../../shared/hooks/useText';
import { saveAs } from '../../shared/utils/attachmentBytes';

/** The email as it came, headers and all. Saved as a file and never opened: it is a stranger's code. */
export function DownloadSource({ commentId }: { commentId: string }) {
  const text = useText();
  const { get } = useFetchClient();
  const { failure } = useFeedback();
  const download = async () => {
    try {
      const { data } = await get<Blob>(`/mail-scanner/comments/${commentId}/source`, { responseType: 'blob' });
      saveAs(data, `message-${commentId}.eml`);
    } catch (error) {
      failure(error);
    }
  };
  return <TextButton onClick={download}>{text('mail.source')}</TextButton>;
}
