import { rm } from 'node:fs/promises';
import { errors, z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { idOfVisibleComment } from '../services/inbox/conversation';
import { uploadsOfMessage } from '../services/inbox/showing';
import { discardUpload, saveUpload, UPLOAD_LIMITS } from '../services/inbox/uploads';
import { schemaSays } from '../services/lib/schema-words';
import { refuse, refusal } from '../services/platform/refusal';
import { say } from '../../shared/sentences/words';
import { refusingFiles } from './refusing-files';
import { idShape, orNotFound, parse } from './request';
import { viewerOf } from './ticket-access';

const copyShape = z.object({
  files: z.array(idShape).max(UPLOAD_LIMITS.files, schemaSays('answer.files', { count: UPLOAD_LIMITS.files })),
});

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
      const inline = body?.inline === 'true';
      const saved = refusingFiles(['files'], () => saveUpload(strapi, ctx.state.user.id, { path, bytes: size, name, mime, inline }));
      ctx.body = { data: await saved };
      ctx.status = 201;
    } finally {
      // Strapi clears up after what went well only.
      await rm(path, { force: true });
    }
  },

  /** Copies of files of a message, for an answer that shows it to the customer. */
  async copy(ctx: Context) {
    const { files } = parse(copyShape, ctx.request.body);
    const viewer = viewerOf(ctx);
    // What one may not read, one cannot choose.
    const visible = viewer.reads ? idOfVisibleComment(strapi, viewer, ctx.params.id) : Promise.resolve(null);
    const comment = await orNotFound(visible, say('ticket.noComment'));
    ctx.body = { data: await refusingFiles(['files'], () => uploadsOfMessage(strapi, viewer.id, comment, files)) };
    ctx.status = 201;
  },

  async delete(ctx: Context) {
    await discardUpload(strapi, ctx.state.user.id, ctx.params.id);
    ctx.body = { data: null };
  },
});

export default upload;
