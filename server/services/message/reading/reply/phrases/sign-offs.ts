/** `Kind regards`, `Thanks` and their like, with which a mail ends. */
const signOffWords =
  /^\s*(?:(?:best|kind|warm(?:est)?|many)?\s*(?:regards|wishes|thanks)|thank you|thanks|thx|cheers|sincerely|yours|greetings|mfg|lg|vg|(?:viele|beste|liebe|freundliche|schöne|herzliche|mit)\s.{0,20}grü(?:ß|ss)en?|gr(?:u|ü)(?:ß|ss)e?|danke|merci|cordialement|bien à vous|saludos|gracias|un saludo|cordiali saluti|saluti|grazie|obrigad[oa]|atenciosamente|cumprimentos|groet(?:en|jes)?|met vriendelijke|bedankt|mvh|med vänlig|hälsningar|tack|venlig hilsen|hilsen|tak(?:k)?|terveisin|kiitos|pozdrawiam|dziękuję|s pozdravem|děkuji|üdvözlettel|köszönöm|mulțumesc|с уважением|спасибо|з повагою|дякую|saygılar|teşekkür)/iu;

export function isSignOffWord(line: string): boolean {
  return signOffWords.test(line);
}
