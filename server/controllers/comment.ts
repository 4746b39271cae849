import { errors, z } from '@strapi/utils';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { textsOfComments } from '../services/helpdesk/long-texts';
import { idOfVisibleComment } from '../services/inbox/conversation';
import { remotePictures } from '../services/inbox/remote-pictures';
import { fetchPicture, NoPicture } from '../services/network/picture';
import { sourceOfComment } from '../services/scanner/ledger-list';
import { limitCalls } from './limit';
import { sendPrivateFile, setPrivateHeaders } from './private-file';
import { orNotFound, parse } from './request';
import { viewerOf } from './ticket-access';
import { refusal } from '../services/platform/refusal';
import { say } from '../../shared/sentences/words';

/** What belongs to one comment of a ticket: the pictures that its HTML points to, and the email that it came from. */

const PICTURES_A_MINUTE = 300;

const pictureShape = z.object({ url: z.string().max(10_000) });

const comment = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** A remote picture, fetched by this server: its sender learns that somebody here looked, and no more. */
  async picture(ctx: Context) {
    const id = await visibleComment(strapi, ctx);
    const { url } = parse(pictureShape, ctx.query);
    if (!remotePictures((await textsOfComments(strapi, [id])).get(id)?.html ?? null).includes(url))
      throw refusal(errors.NotFoundError, say('ticket.noPicture'));
    limitCalls(ctx, 'picture', PICTURES_A_MINUTE);
    try {
      const { type, bytes } = await fetchPicture(url);
      setPrivateHeaders(ctx, type);
      ctx.body = bytes;
    } catch (error) {
      if (!(error instanceof NoPicture)) throw error;
      ctx.status = 502;
      ctx.body = { data: null, error: { status: 502, name: 'NoPicture', message: error.message, details: { said: error.said } } };
    }
  },

  async source(ctx: Context) {
    const id = await visibleComment(strapi, ctx);
    const source = sourceOfComment(strapi, id);
    const key = await orNotFound(source, say('ticket.sourceNotKept'));
    await sendPrivateFile(strapi, ctx, key, { name: `message-${id}.eml`, type: 'message/rfc822' });
  },
});

export default comment;

const visibleComment = (strapi: Core.Strapi, ctx: Context): Promise<number> =>
  orNotFound(idOfVisibleComment(strapi, viewerOf(ctx), ctx.params.id), say('ticket.noComment'));
