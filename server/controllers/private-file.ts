import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { errors } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { privateFilePath } from '../services/storage/files';
import { refusal } from '../services/platform/refusal';
import { sendStream } from './stream-body';
import { say } from '../../shared/sentences/words';

/**
 * Answers with a private file as a download, read from the disk as fast as it is fetched. Its bytes are a stranger's: no browser is to show
 * them as a page of ours, and nobody on the way is to keep them. Throws a 404 when the file is gone.
 */
export async function sendPrivateFile(
  strapi: Core.Strapi,
  ctx: Context,
  key: string,
  { name, type }: { name: string; type: string },
): Promise<void> {
  const path = await privateFilePath(strapi, key);
  if (path === null) throw refusal(errors.NotFoundError, say('ticket.fileGone'));
  setPrivateHeaders(ctx, type);
  ctx.set(
    'Content-Disposition',
    `attachment; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`,
  );
  ctx.length = (await stat(path)).size;
  sendStream(ctx, createReadStream(path));
}

export function setPrivateHeaders(ctx: Context, type: string): void {
  ctx.set('Content-Type', type);
  ctx.set('X-Content-Type-Options', 'nosniff');
  ctx.set('Content-Security-Policy', "sandbox; default-src 'none'");
  ctx.set('Cache-Control', 'private, no-store');
}
