import type { useFetchClient } from '@strapi/strapi/admin';

type Get = ReturnType<typeof useFetchClient>['get'];

const REFUSED = 400;

/** The archive with all data of a contact. Throws what the server says when it is too much for one. */
export async function fetchExport(get: Get, contactId: string, withNotes: boolean): Promise<Blob> {
  // As bytes, Strapi's fetch would make "Server Error" of whatever the server answers.
  const options: Parameters<Get>[1] = {
    responseType: 'blob',
    params: { internal: String(withNotes) },
    validateStatus: (status: number) => status === REFUSED,
  };
  const { data, status } = await get<Blob>(`/mail-scanner/contacts/${contactId}/export`, options);
  if (status === REFUSED) throw JSON.parse(await data.text()).error;
  return data;
}
