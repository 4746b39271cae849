import type { Readable } from 'node:stream';
import type { Context } from 'koa';

/**
 * Answers with what a stream says. When the stream fails in the middle, the connection is closed, so that whoever reads knows: Koa says nothing
 * once an answer has begun, and leaves it open (2.16.4).
 */
export function sendStream(ctx: Context, stream: Readable): void {
  stream.once('error', () => {
    if (ctx.headerSent) ctx.res.destroy();
  });
  ctx.body = stream;
}
