import { parentPort, workerData } from 'node:worker_threads';
import { readWithSecondOpinion } from './services/message/second-opinion';
import { saidBy } from './services/lib/spoken-error';
import type { ParseOptions } from './services/message/types';

/**
 * The thread that parses messages, one after the other. Parsing is the part of a scan that a hostile message can make slow or
 * hungry: here it can neither stall the site nor take it down.
 */

interface ParseRequest {
  id: number;
  source: Uint8Array;
  options: ParseOptions;
  /** mailparser took the thread down with this message. */
  isFirstOnly: boolean;
}

/** Where to note with which request mailparser begins. */
const atSecond = (workerData as { atSecond?: Int32Array } | null)?.atSecond;

let previous: Promise<void> = Promise.resolve();

parentPort!.on('message', (request: ParseRequest) => {
  previous = previous.then(() => answer(request));
});

async function answer({ id, source, options, isFirstOnly }: ParseRequest): Promise<void> {
  try {
    const message = await readWithSecondOpinion(source, options, {
      onSecond: () => void (atSecond && Atomics.store(atSecond, 0, id)),
      isFirstOnly,
    });
    // The bytes of attachments change hands instead of being copied; small ones may share a buffer and are copied.
    const buffers = message.attachments
      .map(({ content }) => content)
      .filter(ownsItsBuffer)
      .map(({ buffer }) => buffer as ArrayBuffer);
    parentPort!.postMessage({ id, message }, [...new Set(buffers)]);
  } catch (error) {
    const { name, message } = error as Error;
    parentPort!.postMessage({ id, error: { name, message, said: saidBy(error) } });
  }
}

const ownsItsBuffer = (bytes: Uint8Array): boolean => bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength;
