/**
 * How mail programs introduce an earlier mail, by language: the verb of `On … somebody wrote:`, the labels of an Outlook
 * header block, the words between the dashes. A new language is a line here.
 */
export interface QuoteWords {
  language: string;
  /** The verb of an attribution; regular expression source. */
  wrote: string;
  /** How an attribution begins before its date; '' when it begins with the date or the name. */
  on: string;
  from: string;
  sent: string;
  to: string;
  subject: string;
  cc: string;
}

export const quoteWords: QuoteWords[] = [
  { language: 'English', wrote: 'wrote|writes|said', on: 'On|At|In message', from: 'From', sent: 'Sent|Date|Sent at', to: 'To', subject: 'Subject', cc: 'Cc|Bcc|Reply-To|Reply to|Importance|Attachments|Organization|Priority' },
  { language: 'German', wrote: 'schrieb|schrieben|geschrieben|schreibt', on: 'Am|Um|Von', from: 'Von', sent: 'Gesendet|Gesendet am|Datum|Verschickt', to: 'An', subject: 'Betreff', cc: 'Kopie|Antwort an|Antwort-An|Wichtigkeit|Anlagen' },
  { language: 'French', wrote: 'a écrit|écrit|a ecrit', on: 'Le|En date de', from: 'De|Expéditeur', sent: 'Envoyé|Envoye|Date|Envoyé le|Message du', to: 'À|A|Destinataire', subject: 'Objet|Sujet', cc: 'Copie|Copie à|Répondre à|Pièces jointes' },
  { language: 'Spanish', wrote: 'escribió|escribio|escribi[oó]:', on: 'El', from: 'De', sent: 'Enviado|Enviado el|Enviada|Fecha', to: 'Para', subject: 'Asunto', cc: 'CC|Responder a' },
  { language: 'Portuguese', wrote: 'escreveu|escreveu:', on: 'Em|A', from: 'De', sent: 'Enviado|Enviada|Enviada em|Enviado em|Data', to: 'Para', subject: 'Assunto', cc: 'Com cópia' },
  { language: 'Italian', wrote: 'ha scritto|scrisse|scrive', on: 'Il|In data|Il giorno', from: 'Da', sent: 'Inviato|Data', to: 'A', subject: 'Oggetto', cc: 'Risposta|Rispondi a|Per conoscenza' },
  { language: 'Dutch', wrote: 'schreef|geschreven', on: 'Op', from: 'Van', sent: 'Verzonden|Datum|Verstuurd', to: 'Aan', subject: 'Onderwerp', cc: 'Kopie|Antwoord aan' },
  { language: 'Swedish', wrote: 'skrev', on: 'Den|På', from: 'Från', sent: 'Skickat|Datum', to: 'Till', subject: 'Ämne', cc: 'Kopia|Svar till' },
  { language: 'Danish', wrote: 'skrev', on: 'Den|D\\.', from: 'Fra', sent: 'Sendt|Dato', to: 'Til', subject: 'Emne', cc: 'Kopi' },
  { language: 'Norwegian', wrote: 'skrev', on: 'Den|På', from: 'Fra', sent: 'Sendt|Dato', to: 'Til', subject: 'Emne', cc: 'Kopi' },
  { language: 'Icelandic', wrote: 'skrifaði', on: 'Þann', from: 'Frá', sent: 'Sent|Dagsetning', to: 'Til', subject: 'Efni', cc: 'Afrit' },
  { language: 'Finnish', wrote: 'kirjoitti', on: '', from: 'Lähettäjä', sent: 'Lähetetty|Päivämäärä|Päiväys', to: 'Vastaanottaja', subject: 'Aihe', cc: 'Kopio' },
  { language: 'Estonian', wrote: 'kirjutas', on: '', from: 'Saatja|Kellelt', sent: 'Saadetud|Kuupäev', to: 'Adressaat|Kellele|Saaja', subject: 'Teema', cc: 'Koopia' },
  { language: 'Latvian', wrote: 'rakstīja', on: '', from: 'No', sent: 'Nosūtīts|Datums', to: 'Kam', subject: 'Tēma', cc: 'Kopija' },
  { language: 'Lithuanian', wrote: 'rašė', on: '', from: 'Nuo|Siuntėjas', sent: 'Išsiųsta|Data', to: 'Kam|Iki', subject: 'Tema', cc: 'Kopija' },
  { language: 'Polish', wrote: 'napisał\\(?a?\\)?|napisała|pisze', on: 'Dnia|W dniu|W dn\\.', from: 'Od|Nadawca', sent: 'Wysłano|Wysłane|Data', to: 'Do|Adresat', subject: 'Temat', cc: 'DW|UDW' },
  { language: 'Czech', wrote: 'napsal\\(?a?\\)?|napsala', on: 'Dne', from: 'Od', sent: 'Odesláno|Datum', to: 'Komu', subject: 'Předmět', cc: 'Kopie' },
  { language: 'Slovak', wrote: 'napísal\\(?a?\\)?|napísala|napísal/a', on: 'Dňa', from: 'Od', sent: 'Odoslané|Dátum', to: 'Komu', subject: 'Predmet', cc: 'Kópia' },
  { language: 'Hungarian', wrote: 'írta', on: '', from: 'Feladó', sent: 'Elküldve|Küldve|Dátum', to: 'Címzett', subject: 'Tárgy', cc: 'Másolatot kap' },
  { language: 'Romanian', wrote: 'a scris', on: 'La|În data|Pe data|Pe', from: 'De la|De', sent: 'Trimis|Data', to: 'Către|Catre', subject: 'Subiect', cc: 'Copie' },
  { language: 'Croatian, Serbian', wrote: 'je napisao(?:/la)?|je napisala|napisao|napisala|је написао|написао је', on: 'Dana|Dne|Дана', from: 'Šalje|Od|Шаље|Од', sent: 'Poslano|Poslato|Datum|Послато', to: 'Prima|Za|За', subject: 'Predmet|Naslov|Предмет|Наслов', cc: 'Kopija' },
  { language: 'Slovenian', wrote: 'je napisal\\(?a?\\)?|je napisala', on: 'Dne', from: 'Od|Pošiljatelj', sent: 'Poslano|Datum', to: 'Za|Prejemnik', subject: 'Zadeva', cc: 'Kp' },
  { language: 'Bulgarian', wrote: 'написа', on: 'На', from: 'От', sent: 'Изпратено|Дата', to: 'До', subject: 'Относно|Тема', cc: 'Копие' },
  { language: 'Russian', wrote: 'написал(?:\\(?а?\\)?)?|пишет|писал(?:\\(а\\))?', on: 'Вы писали', from: 'От|От кого', sent: 'Отправлено|Дата', to: 'Кому', subject: 'Тема', cc: 'Копия' },
  { language: 'Ukrainian', wrote: 'написав(?:\\(ла\\))?|написала|пише', on: '', from: 'Від|Від кого', sent: 'Надіслано|Дата', to: 'Кому|До', subject: 'Тема', cc: 'Копія' },
  { language: 'Greek', wrote: 'έγραψε', on: 'Στις|Την|Στις', from: 'Από', sent: 'Στάλθηκε|Ημερομηνία', to: 'Προς', subject: 'Θέμα', cc: 'Κοιν\\.?|Κοινοποίηση' },
  { language: 'Turkish', wrote: 'yazdı|şunu yazdı|şunları yazdı', on: '', from: 'Kimden|Gönderen', sent: 'Gönderildi|Gönderme Tarihi|Tarih', to: 'Kime|Alıcı', subject: 'Konu', cc: 'Bilgi' },
  { language: 'Chinese', wrote: '写道|寫道|写到|寫到|写', on: '在|於|于', from: '发件人|寄件者|寄件人|發件人|发送人', sent: '发送时间|发送日期|日期|寄件日期|傳送時間|傳送日期|發送日期|时间|已发送|已傳送', to: '收件人|收件者', subject: '主题|主旨|主題|标题', cc: '抄送|副本' },
  { language: 'Japanese', wrote: '書きました|のメール|は書きました|さんは書きました|写道', on: '', from: '差出人|送信者|送信元', sent: '送信日時|日時|送信日|日付', to: '宛先', subject: '件名', cc: 'CC' },
  { language: 'Korean', wrote: '작성|님이 작성|썼습니다|님이 쓴 글', on: '', from: '보낸 ?사람|발신자?|보낸이', sent: '보낸 ?날짜|날짜|보낸 ?시간|일시', to: '받는 ?사람|수신자?|받는이', subject: '제목', cc: '참조' },
  { language: 'Vietnamese', wrote: 'đã viết|viết', on: 'Vào|Vào lúc|Ngày', from: 'Từ|Người gửi', sent: 'Đã gửi|Ngày|Gửi|Ngày gửi', to: 'Đến|Tới|Người nhận', subject: 'Chủ đề|Tiêu đề', cc: 'Đồng gửi' },
  { language: 'Thai', wrote: 'เขียน(?:ว่า)?', on: 'เมื่อ|ใน|วันที่', from: 'จาก', sent: 'ส่ง|วันที่|ส่งเมื่อ', to: 'ถึง', subject: 'เรื่อง|หัวเรื่อง|หัวข้อ', cc: 'สำเนา' },
  { language: 'Hebrew', wrote: 'כתב/ה|כתבה|כתב|‫כתב', on: '‫?ב|בתאריך', from: 'מאת', sent: 'נשלח|תאריך', to: 'אל', subject: 'נושא', cc: 'עותק' },
  { language: 'Arabic', wrote: 'كتب|كتبت|كَتَبَ', on: 'في|بتاريخ', from: 'من', sent: 'تم الإرسال|التاريخ|أرسلت|تاريخ الإرسال|تاريخ', to: 'إلى|الى', subject: 'الموضوع|الموضوع', cc: 'نسخة' },
  { language: 'Persian', wrote: 'نوشت|نوشته', on: 'در', from: 'از|فرستنده', sent: 'تاریخ|ارسال', to: 'به|گیرنده', subject: 'موضوع', cc: 'رونوشت' },
  { language: 'Hindi', wrote: 'ने लिखा(?: है)?', on: '', from: 'प्रेषक|से', sent: 'दिनांक|तारीख|भेजा गया', to: 'प्रति|को', subject: 'विषय', cc: 'प्रतिलिपि' },
  { language: 'Indonesian, Malay', wrote: 'menulis', on: 'Pada', from: 'Dari|Daripada', sent: 'Dikirim|Terkirim|Tanggal|Dihantar|Tarikh', to: 'Kepada|Ke', subject: 'Perihal|Subjek|Subyek', cc: 'Tembusan' },
  { language: 'Catalan', wrote: 'va escriure|escrigué|ha escrit', on: 'El dia|El', from: 'De', sent: 'Enviat|Enviat el|Data', to: 'Per a|A', subject: 'Assumpte|Tema', cc: 'Còpia' },
  { language: 'Galician', wrote: 'escribiu', on: 'O', from: 'De', sent: 'Enviado|Data', to: 'Para', subject: 'Asunto', cc: 'Copia' },
  { language: 'Basque', wrote: '(?:igorleak )?idatzi (?:du|zuen)', on: '', from: 'Nork', sent: 'Data', to: 'Nori', subject: 'Gaia', cc: 'Kopia' },
  { language: 'Welsh', wrote: 'ysgrifennodd', on: 'Ar', from: 'Oddi wrth', sent: 'Anfonwyd|Dyddiad', to: 'At', subject: 'Pwnc', cc: 'Copi' },
];

/** The words between the dashes of `-----Original Message-----`, and of forwards. */
export const originalMessage = [
  'original message', 'original mail', 'original', 'reply message', 'replied message', 'original appointment', 'forwarded message', 'forwarded mail', 'forwarded by .{1,80}', 'begin forwarded message', 'start of forwarded message', 'message forwarded', 'forwarded e-?mail',
  'ursprüngliche nachricht', 'ursprüngliche mail', 'originalnachricht', 'original-nachricht', 'originalmail', 'weitergeleitete nachricht', 'anfang der weitergeleiteten (?:nachricht|e-mail)', 'weitergeleitete e-mail',
  "message d'origine", 'message d’origine', 'message original', 'message initial', 'message transféré', 'message transmis', 'début du message transféré', 'début du message réexpédié', 'e-?mail original', 'courriel original',
  'mensaje original', 'mensaje reenviado', 'inicio del mensaje reenviado', 'mensagem original', 'mensagem encaminhada', 'mensagem reencaminhada', 'início da mensagem (?:re)?encaminhada', 'messaggio originale', 'messaggio inoltrato', 'inizio messaggio inoltrato', 'messaggio orig\\.?',
  'oorspronkelijk bericht', 'origineel bericht', 'oorspronkelijke bericht', 'doorgestuurd bericht', 'begin doorgestuurd bericht', 'ursprungligt meddelande', 'originalmeddelande', 'vidarebefordrat meddelande', 'vidarebefordrat brev', 'oprindelig meddelelse', 'original meddelelse', 'videresendt meddelelse', 'videresendt besked', 'opprinnelig melding', 'original melding', 'videresendt melding', 'oprindelig besked',
  'alkuperäinen viesti', 'välitetty viesti', 'edelleenlähetetty viesti', 'algne kiri', 'edastatud kiri', 'oriģinālā ziņa', 'pārsūtītā ziņa', 'originalus laiškas', 'persiųstas laiškas',
  'oryginalna wiadomość', 'wiadomość oryginalna', 'wiadomość przekazana dalej', 'przekazana wiadomość', 'treść przekazanej wiadomości', 'treść oryginalnej wiadomości', 'původní zpráva', 'původní e-mail', 'přeposlaná zpráva', 'pôvodná správa', 'preposlaná správa', 'eredeti üzenet', 'továbbított üzenet', 'mesaj original', 'mesajul original', 'mesaj redirecționat', 'mesaj inițial', 'izvorna poruka', 'originalna poruka', 'proslijeđena poruka', 'izvirno sporočilo', 'posredovano sporočilo',
  'оригинално съобщение', 'препратено съобщение', 'исходное сообщение', 'исходное письмо', 'пересылаемое сообщение', 'пересланное сообщение', 'пересылаемое письмо', 'конец пересылаемого сообщения', 'оригінальне повідомлення', 'переслане повідомлення', 'вихідне повідомлення', 'αρχικό μήνυμα', 'προωθημένο μήνυμα', 'özgün ileti', 'orijinal mesaj', 'iletilen mesaj', 'yönlendirilen mesaj',
  '原始邮件', '原始郵件', '原始信件', '邮件原件', '转发的邮件', '转发邮件', '轉寄郵件', '轉寄的郵件', '回复邮件', '原邮件信息', '已转发邮件', '以下是转发的邮件', '原始メッセージ', '元のメッセージ', '転送メッセージ', 'original message', '원본 메시지', '원본 메일', '원본메일', '전달된 메일', '전달된 메시지', 'thư gốc', 'tin nhắn gốc', 'thư đã chuyển tiếp', 'ข้อความต้นฉบับ', 'ข้อความที่ส่งต่อ', 'הודעה מקורית', 'הודעה שהועברה', 'الرسالة الأصلية', 'رسالة أصلية', 'رسالة محولة', 'رسالة معاد توجيهها', 'پیام اصلی', 'پیام هدایت‌شده', 'pesan asli', 'pesan terusan', 'mesej asal', 'missatge original', 'missatge reenviat', 'mensaxe orixinal', 'jatorrizko mezua', 'upprunaleg skilaboð',
];

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
export const deviceName = /\b(?:my|mein\w{0,2}|mon|ma|mi|meu|minha|mio|mia|mijn|min|mitt|mojego|mého|môjho|мо\w{1,3}|моего)\b|i(?:phone|pad|pod)|android|samsung|galaxy|huawei|xiaomi|redmi|oneplus|oppo|vivo|nokia|htc|xperia|motorola|pixel|blackberry|windows|outlook|yahoo|gmail|\bMail\b|mailbox|airmail|sparrow|\bspark\b|proton|tuta|thunderbird|k-9|fairemail|gmx|web\.de|\bqq\b|foxmail|superhuman|hey\.com|mailspring|nine|bluemail|aqua mail|touchwiz|phone|mobil|device|\bcell|tablet|handy|téléphone|móvil|celular|telefon|телефон|手机|手機|スマートフォン|携帯|휴대/i;
