import type { useFetchClient } from '@strapi/strapi/admin';
import type { Attachment } from '../../api/tickets';

type Get = ReturnType<typeof useFetchClient>['get'];

/** The bytes of an attachment. A plain link would not do: the route asks for the session's token. */
export async function fetchAttachment(get: Get, { documentId, mime }: Attachment): Promise<Blob> {
  const { data } = await get<Blob>(`/mail-scanner/attachments/${documentId}`, { responseType: 'blob' });
  return new Blob([data], { type: mime });
}

/** Hands the bytes to the browser's downloads, as what no browser opens by itself. */
export function saveAs(bytes: Blob, name: string): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
