import { errors } from '@strapi/utils';
import { AnswerTooLarge, TooManyUploads, UploadGone } from '../services/inbox/uploads';
import { refusal, refuse } from '../services/platform/refusal';

/** What is wrong with files, as an administrator can act on it; `path` leads to the field that names them in the request. */
export async function refusingFiles<T>(path: string[], action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof UploadGone || error instanceof AnswerTooLarge) refuse([{ path, said: error.said }]);
    if (error instanceof TooManyUploads) throw refusal(errors.PayloadTooLargeError, error.said);
    throw error;
  }
}
