import { decodeTransfer } from '../../mime/transfer';
import { allParts, type Part } from '../../mime/mime';

/** What Outlook calls a message that is no letter: by the class in its winmail.dat (MS-OXTNEF §2.1.3.2), or by Exchange's `Content-Class`. */
export type OutlookKind = 'receipt' | 'auto-reply';

const classes: [RegExp, OutlookKind][] = [
  [/IPM\.Microsoft Mail\.Read Receipt|REPORT\.IPM\.[\w.]{1,80}\.IPNN?RN/i, 'receipt'],
  [/IPM\.Note\.Rules\.(?:Oof|ExternalOof|Reply)Template/i, 'auto-reply'],
];

/** The class stands among the first attributes; encoded, they take a third more. */
const HEAD = 1200;

export function outlookKindOf(root: Part, contentClass: string): OutlookKind | null {
  if (/^urn:content-classes:mdn$/i.test(contentClass.trim())) return 'receipt';
  for (const { type, body, encoding } of allParts(root)) {
    if (!type.endsWith('ms-tnef')) continue;
    const head = decodeTransfer(body.subarray(0, HEAD), encoding).toString('latin1');
    return classes.find(([form]) => form.test(head))?.[1] ?? null;
  }
  return null;
}
