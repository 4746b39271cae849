/** What mail programs write around a forwarded mail, by language. */

/** Before the subject; regular expression sources. */
export const forwardPrefixes = [
  'fwd?|wg|weitergeleitet|weiterleitung|doorst(?:uren)?|doorgest',
  'tr|transf|rv|reenv|reenviado|enc|encam|i|inoltra|redir',
  'vb|vs|vl|videresendt|vidarebefordrat|fs|framsent',
  'pd|předáno|fw|preposl|pros|proslijeđeno|posr|prosl',
  'továbbítás|tov|edasi|pārs|pers|ilt|πρθ|πρώθ',
  'переслано|пересл|препр|прослеђено',
  '转发|轉寄|轉發|転送|전달|chuyển tiếp|ct|trs|teruskan|ส่งต่อ',
  'הועבר|העברה|إعادة توجيه|هدایت|باز ارسال|ymlaen|birtb',
];

/** In the line that separates it from the note above. */
export const forwardWords = [
  'forward|weitergeleitet|transféré|transmis|réexpédié|reenviad|encaminhad|reencaminhad|inoltrat|doorgestuurd',
  'vidarebefordra|videresend|vidaresend|áframsen|framsend|välitetty|edelleenlähetetty|edastatud|pārsūtīt|persiųst',
  'przekazan|přeposlan|preposlan|továbbított|redirecționat|înaintat|proslijeđen|prosleđen|posredovan',
  'препратен|пересыла|переслан|прослеђен|перанакіраван|προωθημένο|iletilen|yönlendirilen',
  '转发|轉寄|轉發|転送|전달|chuyển tiếp|ส่งต่อ|הועברה|מועברת|محولة|توجيهها|هدایت|terusan|reenviat|birzalitako|birbidalitako',
];

/** Sentences with a colon and without dashes. */
export const beginsForward = [
  '(?:begin|start of) forwarded (?:message|mail|e-?mail)',
  'beginn? (?:der )?weitergeleitete[nr]? (?:nachricht|e-?mail)|anfang der weitergeleiteten (?:nachricht|e-?mail)',
  'début du (?:message|courriel) (?:transféré|réexpédié|transmis)',
  'inicio del mensaje reenviado|comienzo del mensaje reenviado|início da mensagem (?:re)?encaminhada',
  'inizio (?:del )?messaggio inoltrato|begin doorgestuurd bericht|begin van doorgestuurd bericht',
  'vidarebefordrat brev|början på vidarebefordrat meddelande|videresendt meddelelse|start på videresendt meddelelse|videresendt melding',
  'välitetty viesti alkaa|edelleenlähetetty viesti|początek przekazywanej wiadomości|začátek přeposlané zprávy|začiatok preposlanej správy',
  'továbbított levél kezdete|început mesaj redirecționat|начало переадресованного сообщения|начало пересылаемого сообщения',
  'iletilen mesajın başlangıcı|αρχή προωθημένου μηνύματος|以下是转发的邮件|開始轉寄郵件|転送されたメッセージ|전달된 메시지',
];

/** At its end, behind dashes. */
export const endsForward = [
  'end|ende|fin|fine|einde|slut|slutt|loppu|lok|lõpp|pabaiga|beigas|koniec|konec|kraj|vége|sfârșit|sfîrşit|конец|кінець|край|крај|канец|τέλος|son|結束|结束|終わり|끝|kết thúc|סוף|نهاية|پایان|akhir|amaia|fi',
];
