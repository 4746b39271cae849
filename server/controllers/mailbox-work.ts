import { errors } from '@strapi/utils';
import type { Context } from 'koa';
import { MailboxError } from '../services/mailbox/types';
import { conflict, refusal } from '../services/platform/refusal';
import { ScannerBusy } from '../services/scanner/turn';
import { isStorageFailure, wordsOf } from '../services/storage/failure';

/**
 * Does work on a mailbox and puts what an administrator can act on into the answer: 409 while the scanner is being scanned, 400
 * with a code when the mailbox or the disk refuses. Everything else stays the error that it is.
 */
export async function workOnMailbox<T>(ctx: Context, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ScannerBusy) return conflict(ctx, error.said);
    if (error instanceof MailboxError) throw refusal(errors.ApplicationError, error.said, { code: error.code });
    if (isStorageFailure(error)) throw refusal(errors.ApplicationError, wordsOf(error), { code: 'storage' });
    throw error;
  }
}
