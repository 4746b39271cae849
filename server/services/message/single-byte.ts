/** Single-byte charsets that the WHATWG registry lacks: those of DOS, which programs on old machines still send. */

/** The upper half of each, by the name that this folder uses for it. */
const upperHalves: Record<string, string> = {
  ibm437:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0',
  ibm850:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0',
};

const labels: Record<string, string> = {
  cp437: 'ibm437',
  ibm437: 'ibm437',
  '437': 'ibm437',
  'dos-437': 'ibm437',
  cspc8codepage437: 'ibm437',
  cp850: 'ibm850',
  'cp-850': 'ibm850',
  ibm850: 'ibm850',
  '850': 'ibm850',
  'dos-850': 'ibm850',
  cp858: 'ibm850', // the same but for the euro sign, which mail in it hardly holds
  cspc850multilingual: 'ibm850',
};

/** Our name for a lower-case label, or null when it names none of these charsets. */
export function singleByteCharset(label: string): string | null {
  return labels[label] ?? null;
}

/** Latin1 text of the bytes as what they mean in this charset; null when it is none of ours. */
export function decodeSingleByte(latin1Text: string, charset: string): string | null {
  const upper = upperHalves[charset];
  return upper === undefined ? null : latin1Text.replace(/[\x80-\xff]/g, (character) => upper[character.charCodeAt(0) - 0x80]);
}
