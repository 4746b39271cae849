import { errors, z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { textsOfComments } from '../services/helpdesk/long-texts';
import { remotePictures } from '../services/inbox/remote-pictures';
import { isVisible } from '../services/inbox/viewer';
import { fetchPicture, NoPicture } from '../services/network/picture';
import { UID } from '../services/uids';
import { limitCalls } from './limit';
import { sendPrivateFile, setPrivateHeaders } from './private-file';
import { findOr404, parse } from './request';
import { viewerOf } from './ticket-access';

/** What belongs to one comment of a ticket: the pictures that its HTML points to, and the email that it came from. */

const PICTURES_A_MINUTE = 300;

const pictureShape = z.object({ url: z.string().max(10_000) });

const comment = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** A remote picture, fetched by this server: its sender learns that somebody here looked, and no more. */
  async picture(ctx: Context) {
    const { id } = await visibleComment(strapi, ctx);
    const { url } = parse(pictureShape, ctx.query);
    if (!remotePictures((await textsOfComments(strapi, [id])).get(id)?.html ?? null).includes(url))
      throw new errors.NotFoundError('This comment has no such picture.');
    limitCalls(ctx, 'picture', PICTURES_A_MINUTE);
    try {
      const { type, bytes } = await fetchPicture(url);
      setPrivateHeaders(ctx, type);
      ctx.body = bytes;
    } catch (error) {
      if (!(error instanceof NoPicture)) throw error;
      ctx.status = 502;
      ctx.body = { data: null, error: { status: 502, name: 'NoPicture', message: error.message, details: {} } };
    }
  },

  async source(ctx: Context) {
    const { id } = await visibleComment(strapi, ctx);
    const message = await strapi.db
      .query(UID.message)
      .findOne({ select: ['sourceKey'], where: { comment: { id }, sourceKey: { $notNull: true } } });
    if (!message)
      throw new errors.NotFoundError(
        'The source of this email was not kept. Under Additional Settings, sources of all messages can be kept.',
      );
    await sendPrivateFile(strapi, ctx, message.sourceKey, { name: `message-${id}.eml`, type: 'message/rfc822' });
  },
});

export default comment;

async function visibleComment(strapi: Core.Strapi, ctx: Context): Promise<{ id: number }> {
  const found = await findOr404(strapi, UID.comment, ctx, {
    select: ['id'],
    populate: { ticket: { select: ['id'], populate: { assignee: { select: ['id'] } } } },
  });
  if (!isVisible(viewerOf(ctx), found.ticket ?? {})) throw new errors.NotFoundError('There is no such comment, or not any more.');
  return found;
}
