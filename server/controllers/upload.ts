import { rm } from 'node:fs/promises';
import { errors } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { discardUpload, saveUpload, TooManyUploads, UPLOAD_LIMITS } from '../services/inbox/uploads';
import { refuse, refusal } from '../services/platform/refusal';
import { say } from '../../shared/sentences/words';

/** As Strapi's body parser leaves a file of a form, in a temporary folder. */
interface FormFile {
  filepath: string;
  originalFilename: string | null;
  mimetype: string | null;
  size: number;
}

/** The files of the form's field `files`. */
export function formFiles(ctx: Context): FormFile[] {
  const { files } = ctx.request as unknown as { files?: { files?: FormFile | FormFile[] } };
  return [files?.files ?? []].flat();
}

const megabytes = (bytes: number): string => `${bytes / 1_000_000} MB`;

/** Files for answers: see services/inbox/uploads.ts. */
const upload = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** One file in the form's field `files`; `inline` is "true" for a picture that is to stand in the text. */
  async create(ctx: Context) {
    const { body } = ctx.request as unknown as { body?: { inline?: unknown } };
    const [file, ...more] = formFiles(ctx);
    if (!file || more.length > 0) return refuse([{ path: ['files'], said: 'Send one file in the field "files" of a form.' }]);
    const { filepath: path, originalFilename: name, mimetype: mime, size } = file;
    try {
      if (size === 0) refuse([{ path: ['files'], said: say('answer.emptyFile') }]);
      if (size > UPLOAD_LIMITS.fileBytes)
        throw refusal(errors.PayloadTooLargeError, say('answer.fileTooLarge', { size: megabytes(UPLOAD_LIMITS.fileBytes) }));
      ctx.body = { data: await saveUpload(strapi, ctx.state.user.id, { path, bytes: size, name, mime, inline: body?.inline === 'true' }) };
      ctx.status = 201;
    } catch (error) {
      if (error instanceof TooManyUploads) throw refusal(errors.PayloadTooLargeError, error.said);
      throw error;
    } finally {
      // Strapi clears up after what went well only.
      await rm(path, { force: true });
    }
  },

  async delete(ctx: Context) {
    await discardUpload(strapi, ctx.state.user.id, ctx.params.id);
    ctx.body = { data: null };
  },
});

export default upload;
