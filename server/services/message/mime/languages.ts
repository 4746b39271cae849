/**
 * How languages look in letters, for telling in which charset unlabelled bytes were written. Letters beyond ASCII stand in the order of
 * their frequency, the most frequent first, in lower case.
 */
export interface Language {
  letters: string;
  /** Words that nearly every text of it holds. */
  words: string[];
}

const words = (list: string): string[] => list.split(' ');

export const latin: Record<string, Language> = {
  German: { letters: 'üäöß', words: words('der die und das ist nicht mit sie ich auf für wir ein eine den im zu von bitte') },
  French: { letters: 'éèàêçùîôâûïëœœ', words: words('le la les de des et une un est pas que pour vous nous dans je du en sur') },
  Spanish: { letters: 'óíáéñúü', words: words('el la los las de que en una un por para con no del es su se al') },
  Portuguese: { letters: 'ãçéáíóêõúâôà', words: words('o a os as de que em um uma para com não do da no na por é') },
  Italian: { letters: 'èàùòìé', words: words('il la di che e un una per non con del della in sono è mi i le') },
  Dutch: { letters: 'ëéïöèóü', words: words('de het een en van ik niet is op te dat met voor wij we aan') },
  Danish: { letters: 'åøæéö', words: words('og det er en at den ikke med på til som af for vi jeg har i') },
  Swedish: { letters: 'äåöé', words: words('och det är en att den inte med på till som av för vi jag har i') },
  Finnish: { letters: 'äöå', words: words('ja on ei se että en mutta joka oli ovat kun hän tämä kiitos') },
  Icelandic: { letters: 'áíðéóúýöþæ', words: words('og að er ekki með til sem fyrir við en hann það ég um á í') },
  Estonian: { letters: 'äõüöšž', words: words('ja on ei see et ma kui oli mis aga meie ka ning') },
  Albanian: { letters: 'ëç', words: words('dhe të në për me nga një është që nuk') },
  Catalan: { letters: 'éàíòóèçúïü·', words: words('el la els les de que i en una un per amb no és del') },
  Polish: { letters: 'łęążśóćńź', words: words('i w na nie z się jest do że to o jak ale po od czy dzień dobry proszę') },
  Czech: { letters: 'íáěéřýčšžůúťňóď', words: words('a je se na v že to s do ne i z o ve jako ale nebo pro') },
  Slovak: { letters: 'áíéýčšžľťúňôäóďĺŕ', words: words('a je sa na v že to s do nie i z o ako ale alebo pre') },
  Hungarian: { letters: 'éáőöíóüúű', words: words('a az és nem hogy egy is van meg de kérem ha el csak') },
  Romanian: { letters: 'ăîâşţșț', words: words('și de la nu în o cu pe un este că din a care să si in') },
  Croatian: { letters: 'čšžćđ', words: words('i je u se na da su za od ne sam s kao ali ili nije in v') },
  Turkish: { letters: 'ıişüğçöâîû', words: words('ve bir bu için ile da de ne var mi çok daha ben en') },
  Lithuanian: { letters: 'ėųąįšžūčę', words: words('ir yra kad tai ne su iš į o bet ar kaip mes dėl') },
  Latvian: { letters: 'āīēšūļņžķčģ', words: words('un ir ka tas ne ar no uz par bet kā lai es mēs') },
};

export const cyrillic: Record<string, Language> = {
  Russian: { letters: 'оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё', words: words('и в не на что с по для это как вы мы из от у но') },
  Ukrainian: { letters: 'оаниівтесркулдпмзяьбгчхйцжюїшщєґф', words: words('і в не на що з по для це як ви ми та від у але') },
  Bulgarian: { letters: 'аеиотнрсвлдпкмзъубгчщцяжхйшфюь', words: words('и в не на че с по за това как да се от е са') },
  Serbian: { letters: 'аиоенрстјувдкмплзгбчшцњћжхљђфџ', words: words('и у је да се на за не са од што као али') },
};

export const greek: Record<string, Language> = {
  Greek: { letters: 'αοιετσνηρπκμλυςόίάωέδγύήχώθφβξζψϊϋΐΰ', words: words('και το να η ο την του της με για δεν που από στο') },
};

export const hebrew: Record<string, Language> = {
  Hebrew: { letters: 'יוהלאמתרשבנכםדחעפקסגטצזןךףץ', words: words('של את לא על עם זה אני הוא כי גם או') },
};

export const arabic: Record<string, Language> = {
  Arabic: { letters: 'اليمنوترةبعدسكهفقحأجشصخطىضغزثذإءئظؤآ', words: words('في من على أن إلى عن هذا لا ما مع') },
  Persian: { letters: 'اینردهموتبسشکزگلفخقعچحآجپصطضغژذظث', words: words('در از به که این را با برای است') },
};

export const thai: Record<string, Language> = {
  Thai: { letters: 'าน่รอกัเง้มยีลวดทิสตะปุบคห์จแืพชู็ขใไึโผถซธภณศษำญฐฟฉฮฝฑฆๆ๊๋ฏฎฒฬฤฌํ', words: [] },
};

/** The characters that texts hold most; a text of the language is made of them to a third and more. */
export const frequent = {
  simplified:
    '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运您谢请问贵订单款客服帐户密码登录打印机送货收到附件联系尽快',
  traditional:
    '的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運您謝請問貴訂單款客服帳戶密碼登錄打印機送貨收到附件聯繫盡快',
  korean:
    '이다는에의을가고하지한로를도서은사기시인어나대자그리으스아해정수들부장과일있전보구제상니원여주동만요게용러면안라오와습않없것문선조요합세되할성했신무위무경계공건적연음생교미우드소방회학국저님감청확송문메답변결록안녕십니까프린터화번호비밀첨파일받주셔내린',
} as const;
