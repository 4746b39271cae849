import { decodeText } from './charset';

/** The named character references of HTML 4 (§24), which is what mail programs write; `name:code` in hexadecimal. */
const table =
  'quot:22 amp:26 lt:3c gt:3e apos:27 nbsp:a0 iexcl:a1 cent:a2 pound:a3 curren:a4 yen:a5 brvbar:a6 sect:a7 uml:a8 copy:a9 ordf:aa laquo:ab not:ac shy:ad reg:ae macr:af deg:b0 plusmn:b1 sup2:b2 sup3:b3 acute:b4 micro:b5 para:b6 middot:b7 cedil:b8 sup1:b9 ordm:ba raquo:bb frac14:bc frac12:bd frac34:be iquest:bf Agrave:c0 Aacute:c1 Acirc:c2 Atilde:c3 Auml:c4 Aring:c5 AElig:c6 Ccedil:c7 Egrave:c8 Eacute:c9 Ecirc:ca Euml:cb Igrave:cc Iacute:cd Icirc:ce Iuml:cf ETH:d0 Ntilde:d1 Ograve:d2 Oacute:d3 Ocirc:d4 Otilde:d5 Ouml:d6 times:d7 Oslash:d8 Ugrave:d9 Uacute:da Ucirc:db Uuml:dc Yacute:dd THORN:de szlig:df agrave:e0 aacute:e1 acirc:e2 atilde:e3 auml:e4 aring:e5 aelig:e6 ccedil:e7 egrave:e8 eacute:e9 ecirc:ea euml:eb igrave:ec iacute:ed icirc:ee iuml:ef eth:f0 ntilde:f1 ograve:f2 oacute:f3 ocirc:f4 otilde:f5 ouml:f6 divide:f7 oslash:f8 ugrave:f9 uacute:fa ucirc:fb uuml:fc yacute:fd thorn:fe yuml:ff OElig:152 oelig:153 Scaron:160 scaron:161 Yuml:178 fnof:192 circ:2c6 tilde:2dc Alpha:391 Beta:392 Gamma:393 Delta:394 Epsilon:395 Zeta:396 Eta:397 Theta:398 Iota:399 Kappa:39a Lambda:39b Mu:39c Nu:39d Xi:39e Omicron:39f Pi:3a0 Rho:3a1 Sigma:3a3 Tau:3a4 Upsilon:3a5 Phi:3a6 Chi:3a7 Psi:3a8 Omega:3a9 alpha:3b1 beta:3b2 gamma:3b3 delta:3b4 epsilon:3b5 zeta:3b6 eta:3b7 theta:3b8 iota:3b9 kappa:3ba lambda:3bb mu:3bc nu:3bd xi:3be omicron:3bf pi:3c0 rho:3c1 sigmaf:3c2 sigma:3c3 tau:3c4 upsilon:3c5 phi:3c6 chi:3c7 psi:3c8 omega:3c9 ensp:2002 emsp:2003 thinsp:2009 zwnj:200c zwj:200d lrm:200e rlm:200f ndash:2013 mdash:2014 lsquo:2018 rsquo:2019 sbquo:201a ldquo:201c rdquo:201d bdquo:201e dagger:2020 Dagger:2021 bull:2022 hellip:2026 permil:2030 prime:2032 Prime:2033 lsaquo:2039 rsaquo:203a oline:203e frasl:2044 euro:20ac trade:2122 larr:2190 uarr:2191 rarr:2192 darr:2193 harr:2194 rArr:21d2 hArr:21d4 forall:2200 part:2202 exist:2203 empty:2205 nabla:2207 isin:2208 minus:2212 radic:221a infin:221e cap:2229 cup:222a int:222b asymp:2248 ne:2260 equiv:2261 le:2264 ge:2265 loz:25ca spades:2660 clubs:2663 hearts:2665 diams:2666 colon:3a comma:2c period:2e excl:21 quest:3f num:23 dollar:24 percnt:25 lpar:28 rpar:29 ast:2a plus:2b sol:2f semi:3b equals:3d commat:40 lsqb:5b rsqb:5d bsol:5c lowbar:5f grave:60 lbrace:7b vert:7c rbrace:7d NewLine:a Tab:9 hyphen:2010 check:2713';

const named = new Map(
  table
    .split(' ')
    .map((entry) => [entry.slice(0, entry.indexOf(':')), String.fromCharCode(parseInt(entry.slice(entry.indexOf(':') + 1), 16))]),
);

/** Character references to characters. Unknown ones stay as they are; NUL and surrogates become U+FFFD. */
export function decodeEntities(text: string): string {
  return text.includes('&') ? text.replace(/&(?:#(\d{1,8}|[xX][0-9a-fA-F]{1,8})|([a-zA-Z][a-zA-Z0-9]{1,9}));?/g, decodeOne) : text;
}

function decodeOne(whole: string, numeric: string | undefined, name: string | undefined): string {
  if (name !== undefined) return named.get(name) ?? (whole.endsWith(';') ? named.get(name.toLowerCase()) : undefined) ?? whole;
  const digits = numeric as string;
  const code = /^[xX]/.test(digits) ? parseInt(digits.slice(1), 16) : parseInt(digits, 10);
  if (code >= 0x80 && code <= 0x9f) return decodeText(Uint8Array.of(code), 'windows-1252').text; // HTML standard §13.2.5.80
  return code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? '\uFFFD' : String.fromCodePoint(code);
}
