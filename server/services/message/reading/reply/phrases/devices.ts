/** `Sent from my iPhone`: how the line begins (or, in some languages, ends), by language. */
export const sentFrom = [
  '[<(]*(?:sent|mailed|written|typed) (?:from|via|with|using|by|on)|(?:\\S{1,20} )?from my?|get (?=outlook|\\[outlook|yahoo)',
  '(?:gesendet|versendet|geschrieben) (?:von|mit|vom|über|aus|via)|von mein\\p{L}{1,2} .{2,60} (?:gesendet|versendet)|diese (?:nachricht|e-?mail) wurde (?:von|mit)|holen sie sich',
  'envoyé (?:depuis|de|à partir|avec|par|via)|envoye (?:depuis|de)|(?:obtenez|téléchargez|télécharger)',
  'enviad[oa] (?:desde|do|da|de|a partir|por|con|com|via|pelo)|(?:obtener|obter|obtenga)',
  'inviat[oa] (?:da|dal|con|tramite)|(?:ottieni|scarica)',
  '(?:verzonden|verstuurd) (?:vanaf|van|met|via|vanuit)|(?:outlook voor|download)',
  '(?:skickat|skickad) (?:från|med|via)|hämta|(?:sendt|send) (?:fra|med|via)|(?:få|hent|skaff|last ned)',
  'lähetetty|hanki|saadetud|nosūtīts no|išsiųsta iš|sent úr|sendt úr',
  '(?:wysłan[eoya]|wyslane) (?:z|ze|przez|za pomocą)|pobierz|(?:odesláno|odeslano|poslané|odoslané|poslano|poslato) (?:z|ze|zo|s|sa|iz|pomocí)',
  'elküldve|küldve|(?:az? )?.{2,30}(?:emről|omról|ről|ról) küldve|trimis (?:de pe|din|de la)|изпратено от',
  '(?:отправлено|послано|надіслано|відправлено) (?:с|со|из|з|зі|із|через|от)',
  '(?:στάλθηκε|εστάλη) από|.{2,40} gönderildi',
  '(?:发自|發自|发送自|寄自|来自我的)|[從从].{1,20}(?:传送|傳送|发送|寄出)',
  '.{2,20}(?:から送信|より送信)|.{2,20}에서 (?:보냄|보낸|전송)',
  '(?:gửi|được gửi|đã gửi) từ|ส่งจาก|נשלח מ|(?:أرسلت|تم الإرسال|أُرسلت) من|(?:ارسال|فرستاده) شده از|(?:dikirim|terkirim|dihantar) dari|enviat des de',
];

/** Such a line names a device or a mail program; without one it is a sentence of the sender (`Sent via DHL yesterday`). */
export const deviceName =
  /\b(?:my|mein\w{0,2}|mon|ma|mi|meu|minha|mio|mia|mijn|min|mitt|mojego|mého|môjho|мо\w{1,3}|моего)\b|i(?:phone|pad|pod)|android|samsung|galaxy|huawei|xiaomi|redmi|oneplus|oppo|vivo|nokia|htc|xperia|motorola|pixel|blackberry|windows|outlook|yahoo|gmail|\bMail\b|mailbox|airmail|sparrow|\bspark\b|proton|tuta|thunderbird|k-9|fairemail|gmx|web\.de|\bqq\b|foxmail|superhuman|hey\.com|mailspring|nine|bluemail|aqua mail|touchwiz|phone|mobil|device|\bcell|tablet|handy|téléphone|móvil|celular|telefon|телефон|手机|手機|スマートフォン|携帯|휴대/i;

/** What people add behind the name of a device. */
export const excuse =
  /excuse|brevity|typo|apolog|entschuldig|kürze|tippfehler|désol|excus|fautes|disculp|brevedad|desculp|scus|errori|beknopt|ursäkt|kort/i;
