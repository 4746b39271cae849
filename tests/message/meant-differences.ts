import type { Difference } from './two-readers';

/** Every difference between our reader and mailparser that is meant, with its reason. What is not here fails the test. */

interface Kind {
  reason: string;
  is(difference: Difference): boolean;
}

const letters = (text: string): string =>
  text
    .replace(/\[(?:https?:|mailto:|cid:|\S+@)[^\]]*\]/gi, '')
    .replace(/[\s>*-]+/g, '')
    .toLowerCase();
const holds = ({ source }: Difference, pattern: RegExp): boolean => pattern.test(source.toString('latin1'));
/** Runs of text that one reader shows and the other does not. */
const isPart = (part: string, whole: string): boolean => letters(whole).includes(letters(part));

export const kinds: Kind[] = [
  {
    reason: 'A character that mailparser could not decode: the bytes have no label, or one that lies.',
    is: ({ theirs }) => /\uFFFD|ï¿½|Ã[\u0080-\u00bf\u0152\u0153\u0178€ŸÃ]|\u001b\$/.test(theirs),
  },
  {
    reason: 'UTF-7, which mailparser does not decode.',
    is: ({ theirs, ours }) => /\+[A-Za-z0-9+/]{2,}-/.test(theirs) && !/\+[A-Za-z0-9+/]{2,}-/.test(ours),
  },
  { reason: 'NUL characters, which no database takes, are left out.', is: ({ ours, theirs }) => theirs.replaceAll('\0', '') === ours },
  {
    reason: 'HTML as text: mailparser adds the addresses of links and lines of dashes, and writes headings in capitals.',
    is: ({ aspect, ours, theirs }) => aspect === 'text' && letters(ours) === letters(theirs),
  },
  {
    reason: 'An attached message or report is a file: mailparser writes it into the text instead.',
    is: (difference) => {
      if (!holds(difference, /^content-type:\s*(?:message\/|multipart\/digest)/im)) return false;
      if (difference.aspect === 'text') return difference.ours === '' || isPart(difference.ours.slice(0, 60), difference.theirs);
      return (
        difference.aspect === 'files' &&
        difference.ours.split(' ').length > difference.theirs.split(' ').length - Number(difference.theirs === '')
      );
    },
  },
  {
    reason: 'Files inside of the text (uuencode) are files.',
    is: (difference) => ['text', 'files'].includes(difference.aspect) && holds(difference, /^begin [0-7]{3,4} \S/m),
  },
  {
    reason: 'An invitation in words; mailparser shows none.',
    is: (difference) => difference.aspect === 'text' && holds(difference, /^content-type:\s*text\/calendar/im),
  },
  {
    reason: 'What winmail.dat or opaque S/MIME hold; mailparser attaches the wrapping alone.',
    is: (difference) => ['text', 'files'].includes(difference.aspect) && holds(difference, /ms-tnef|winmail\.dat|pkcs7-mime/i),
  },
  {
    reason: 'The armour of a PGP signature is left out.',
    is: (difference) => difference.aspect === 'text' && holds(difference, /^-----BEGIN PGP SIGNED/m),
  },
  {
    reason: 'The structure is broken (a boundary that is missing or wrong, no headers): our reader shows the text that is there.',
    is: ({ aspect, ours, theirs }) =>
      aspect === 'text' && ours !== '' && (theirs === '' || (ours.length > theirs.length && isPart(theirs, ours))),
  },
  {
    reason: 'The title of HTML is no text: mail programs put the subject there.',
    is: (difference) => {
      const title = /<title[^>]*>([^<]*)<\/title>/i.exec(difference.source.toString())?.[1] ?? '';
      return (
        difference.aspect === 'text' && title !== '' && letters(difference.theirs).replace(letters(title), '') === letters(difference.ours)
      );
    },
  },
  {
    reason: 'Of several texts as alternatives, the first is shown.',
    is: (difference) =>
      difference.aspect === 'text' &&
      holds(difference, /multipart\/alternative/i) &&
      difference.ours !== '' &&
      isPart(difference.ours, difference.theirs),
  },
  {
    reason: 'A text with a file name is a file.',
    is: (difference) =>
      difference.aspect === 'text' &&
      holds(difference, /^content-(?:type|disposition):[^\n]*(?:\n[ \t][^\n]*)*\bname\*?=/im) &&
      isPart(difference.ours, difference.theirs),
  },
  {
    reason: 'More files than mailparser finds: texts with a file name, parts behind a wrong closing line.',
    is: ({ aspect, ours, theirs }) =>
      aspect === 'files' && ours.split(' ').filter(Boolean).length > theirs.split(' ').filter(Boolean).length,
  },
  {
    reason: 'Forms of the text for other programs are no files.',
    is: (difference) => difference.aspect === 'files' && holds(difference, /text\/(?:enriched|x-amp-html|watch-html|markdown)/i),
  },
  {
    reason: 'A text of an unknown kind is text; mailparser attaches it.',
    is: (difference) => difference.aspect === 'files' && holds(difference, /^content-type:\s*text\/x-/im),
  },
  {
    reason: 'Quoted-printable that nothing announces is decoded.',
    is: ({ aspect, ours, theirs }) => aspect === 'text' && /=[0-9A-F]{2}/.test(theirs) && !/=[0-9A-F]{2}/.test(ours),
  },
  {
    reason: 'A name alone is no address.',
    is: ({ aspect, ours, theirs }) =>
      ['from', 'recipients'].includes(aspect) &&
      theirs
        .split(' ')
        .filter((each) => each.includes('@'))
        .join(' ') === ours,
  },
];

/** By file and aspect, where no kind fits. */
export const single: Record<string, string> = {
  'lhost-x1-02.eml files': 'The second text, without a closing line, is shown; mailparser attaches it.',
  'lhost-x2-04.eml text': 'A byte order mark in the middle of the text.',
  'testdata_junk_parse.eml text': 'A text that asks for a program with HTML is not the letter beside it.',
  'test_fixtures_htmllargecallstack.eml text': 'Signs that form nothing but unclosed tags: mailparser shows the source.',
  'test_fixtures_outofmemory.eml text': 'HTML without words but one heading: mailparser adds the addresses of all pictures and links.',
  'core_src_test_resources_mimetools-testmsgs_frag.eml files': 'A part without an end keeps all of its bytes.',
  'core_src_test_resources_mimetools-testmsgs_multi-frag.eml files': 'A part without an end keeps its last line end.',
  'core_src_test_resources_testmsgs_very-long-boundary.eml text': 'A line that only resembles the boundary is text.',
  'core_src_test_resources_testmsgs_very-very-long-boundary.eml text': 'A line that only resembles the boundary is text.',
  'core_src_test_resources_testmsgs_weird-boundary.eml text': 'A line that only resembles the boundary is text.',
  'resources_eml_malformed_005.eml text': 'Boundaries that are the closing lines of others: the second opinion reads it.',
  'resources_eml_rfc_002.eml files': 'The digest inside is one file; mailparser takes it apart.',
  'resources_eml_thirdparty_000.eml text': 'NUL characters, and of two alternatives the first.',
};
