/** Subjects and sentences in the languages of the world, with the charsets in which mail in them comes. */
interface Sample {
  language: string;
  charsets: string[];
  subject: string;
  text: string;
}

const west = ['windows-1252', 'iso-8859-15'];

export const samples: Sample[] = [
  {
    language: 'German',
    charsets: west,
    subject: 'Rückfrage zur Lieferung nächste Woche',
    text: 'Guten Tag, die Tür am Kühlgerät schließt nicht mehr. Könnten Sie bitte prüfen, ob wir Gewähr haben? Schöne Grüße',
  },
  {
    language: 'French',
    charsets: west,
    subject: 'Problème de réception du colis',
    text: 'Bonjour, le colis annoncé hier n’est toujours pas arrivé à l’hôtel. Où en êtes-vous ? Merci de répondre très vite.'.replace(
      /’/g,
      "'",
    ),
  },
  {
    language: 'Spanish',
    charsets: west,
    subject: 'Confirmación del envío',
    text: '¿Podrían decirme cuándo llegará el camión mañana? El señor Núñez espera en la estación desde las ocho.',
  },
  {
    language: 'Portuguese',
    charsets: west,
    subject: 'Solicitação de manutenção',
    text: 'Olá, não consigo abrir a página de configuração. A impressão também não funciona desde ontem à noite. Obrigado pela atenção.',
  },
  {
    language: 'Italian',
    charsets: west,
    subject: 'Perché la stampante è spenta',
    text: 'Buongiorno, la novità è che la macchina non può più partire: c’è un rumore e poi si ferma così. Verrà qualcuno lunedì?'.replace(
      /’/g,
      "'",
    ),
  },
  {
    language: 'Dutch',
    charsets: west,
    subject: 'Reünie en coördinatie van de leveranciers',
    text: 'Goedemiddag, kunnen jullie de categorieën voor België aanpassen? De cliënt heeft één vraag over de ruïne op de foto.',
  },
  {
    language: 'Danish',
    charsets: west,
    subject: 'Spørgsmål om køb af løbesko',
    text: 'Hej, døren til køleskabet går ikke op. Vi har prøvet at åbne den i går, men håndtaget er løst. Kan I hjælpe?',
  },
  {
    language: 'Swedish',
    charsets: west,
    subject: 'Fråga om försenad leverans',
    text: 'Hej, jag fick fel tröja och vill gärna ändra beställningen. Går det att få den rätta före lördag? Hälsningar från Malmö',
  },
  {
    language: 'Finnish',
    charsets: west,
    subject: 'Kysymys pyörän säädöstä',
    text: 'Hei, tilasin eilen kylpyhuoneeseen hyllyn, mutta sitä ei ole vielä näkynyt. Voisitteko selvittää, mitä lähetykselle tapahtui?',
  },
  {
    language: 'Icelandic',
    charsets: west,
    subject: 'Spurning um þjónustu',
    text: 'Góðan dag, ég get ekki skráð mig inn á síðuna og það kemur alltaf sama villan. Getið þið aðstoðað mig við þetta í dag?',
  },
  {
    language: 'Polish',
    charsets: ['windows-1250', 'iso-8859-2'],
    subject: 'Prośba o zmianę hasła',
    text: 'Dzień dobry, od wczoraj nie mogę się zalogować, bo system twierdzi, że hasło wygasło. Proszę o pomoc jeszcze dziś, żebyśmy zdążyli.',
  },
  {
    language: 'Czech',
    charsets: ['windows-1250', 'iso-8859-2'],
    subject: 'Dotaz na žlutou lampičku',
    text: 'Dobrý den, přístroj dnes ráno přestal pracovat a svítí červené světlo. Můžete mi říct, co s tím dělat? Děkuji za rychlou odpověď.',
  },
  {
    language: 'Hungarian',
    charsets: ['windows-1250', 'iso-8859-2'],
    subject: 'Kérdés a számláról',
    text: 'Tisztelt Ügyfélszolgálat! A múlt heti számlán rossz összeg szerepel, kérem, nézzék meg és küldjék el újra a helyes értékkel.',
  },
  {
    language: 'Croatian',
    charsets: ['windows-1250', 'iso-8859-2'],
    subject: 'Pitanje o računu i plaćanju',
    text: 'Poštovani, još uvijek čekam odgovor na svoj zahtjev iz siječnja. Možete li mi reći kada će stići novi uređaj?',
  },
  {
    language: 'Romanian',
    charsets: ['windows-1250', 'iso-8859-2'],
    subject: 'Întrebare despre comandă',
    text: 'Bună ziua, încă nu am primit coletul şi aş vrea să ştiu când ajunge maşina. Vă mulţumesc pentru răspuns.',
  },
  {
    language: 'Turkish',
    charsets: ['windows-1254', 'iso-8859-9'],
    subject: 'Sipariş iptali için başvuru',
    text: 'Merhaba, dün aldığım yazıcı çalışmıyor ve ışığı yanmıyor. Değişim için ne yapmam gerektiğini öğrenebilir miyim?',
  },
  {
    language: 'Lithuanian',
    charsets: ['windows-1257', 'iso-8859-13'],
    subject: 'Klausimas dėl užsakymo',
    text: 'Laba diena, šiandien gavau siuntą, bet dėžė buvo pažeista. Ką turėčiau daryti, kad galėčiau grąžinti prekę?',
  },
  {
    language: 'Latvian',
    charsets: ['windows-1257', 'iso-8859-13'],
    subject: 'Jautājums par rēķinu',
    text: 'Labdien, vakar saņēmu rēķinu, kurā ir kļūda. Lūdzu, pārbaudiet summu un atsūtiet jaunu dokumentu līdz piektdienai.',
  },
  {
    language: 'Estonian',
    charsets: ['windows-1257', 'windows-1252'],
    subject: 'Küsimus tellimuse kohta',
    text: 'Tere, eile jõudis kätte vale pakk ja õiget me veel näinud ei ole. Kas saaksite öelda, mis päeval see tuleb?',
  },
  {
    language: 'Greek',
    charsets: ['windows-1253', 'iso-8859-7'],
    subject: 'Ερώτηση για την παραγγελία',
    text: 'Καλημέρα, ο εκτυπωτής σταμάτησε χθες το βράδυ και δεν ανάβει. Μπορείτε να μας πείτε τι πρέπει να κάνουμε;',
  },
  {
    language: 'Hebrew',
    charsets: ['windows-1255', 'iso-8859-8'],
    subject: 'שאלה לגבי ההזמנה שלי',
    text: 'שלום רב, המכשיר הפסיק לעבוד אתמול בערב ואינני מצליח להפעיל אותו. האם תוכלו לעזור לי היום? תודה',
  },
  {
    language: 'Arabic',
    charsets: ['windows-1256', 'iso-8859-6'],
    subject: 'سؤال عن الطلب الجديد',
    text: 'السلام عليكم، لم يصل الجهاز حتى الآن ولا أعرف متى سيتم إرساله. أرجو الرد في أقرب وقت ممكن.'.replaceAll('،', ','),
  },
  {
    language: 'Russian',
    charsets: ['windows-1251', 'koi8-r', 'iso-8859-5', 'ibm866'],
    subject: 'Вопрос по заказу принтера',
    text: 'Здравствуйте, вчера вечером перестал работать сервер, и мы не можем открыть почту. Подскажите, пожалуйста, что нам делать.',
  },
  {
    language: 'Ukrainian',
    charsets: ['windows-1251', 'koi8-u'],
    subject: 'Питання щодо замовлення',
    text: 'Добрий день, учора ввечері перестав працювати принтер, і ми не можемо його увімкнути. Підкажіть, будь ласка, що робити.',
  },
  {
    language: 'Bulgarian',
    charsets: ['windows-1251'],
    subject: 'Въпрос за поръчката',
    text: 'Добър ден, от вчера не мога да вляза в системата, защото паролата ми е изтекла. Моля, помогнете ми още днес.',
  },
  {
    language: 'Thai',
    charsets: ['windows-874'],
    subject: 'สอบถามเรื่องการส่งของ',
    text: 'สวัสดีครับ เครื่องพิมพ์ของเราไม่ทำงานตั้งแต่เมื่อวาน ช่วยบอกวิธีแก้ไขให้ด้วยครับ',
  },
  {
    language: 'Simplified Chinese',
    charsets: ['gb18030'],
    subject: '关于订单的问题',
    text: '您好，我们昨天收到的打印机不能开机，请问应该怎么处理？希望今天可以得到回复，谢谢。',
  },
  {
    language: 'Traditional Chinese',
    charsets: ['big5'],
    subject: '關於訂單的問題',
    text: '您好，我們昨天收到的印表機無法開機，請問應該怎麼處理？希望今天可以得到回覆，謝謝。',
  },
  {
    language: 'Japanese',
    charsets: ['shift_jis', 'euc-jp'],
    subject: 'プリンターの修理について',
    text: 'お世話になっております。昨日届いたプリンターの電源が入りません。どうすればよいか教えてください。',
  },
  {
    language: 'Korean',
    charsets: ['euc-kr'],
    subject: '주문한 프린터에 대한 문의',
    text: '안녕하세요. 어제 받은 프린터가 켜지지 않습니다. 어떻게 해야 하는지 오늘 안으로 알려 주시면 감사하겠습니다.',
  },
];
