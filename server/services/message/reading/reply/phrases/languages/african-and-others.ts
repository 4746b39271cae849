import type { QuoteWords } from '../quote-words';

/** African and other languages. */
export const africanAndOthers: QuoteWords[] = [
  { language: 'Amharic, Tigrinya', wrote: '', on: '', from: 'ከ|ካብ', sent: 'ቀን|ዕለት', to: 'ወደ|ናብ', subject: 'ጉዳዩ|ዋኒን', cc: 'ካኮ|ተመላሲ ናብ' },
  { language: 'Kabyle', wrote: 'yura', on: '', from: 'Si', sent: 'Azemz', to: '', subject: 'Amgay', cc: 'Takebbanit' },
  { language: 'Kaqchikel', wrote: 'xutz’ib’aj', on: 'Ri', from: 'Richin', sent: 'Q’ijul', to: 'Chi re', subject: 'Taqikil', cc: 'Moloj' },
  { language: 'Swahili', wrote: 'aliandika', on: 'Mnamo', from: 'Kutoka', sent: 'Tarehe|Imetumwa', to: 'Kwa', subject: 'Mada', cc: '' },
  { language: 'Filipino', wrote: 'isinulat ni', on: 'Noong', from: 'Mula kay', sent: 'Ipinadala', to: 'Kay', subject: 'Paksa', cc: '' },
  {
    language: 'Xhosa, Rwandan',
    wrote: '',
    on: '',
    from: 'Ivela|Bivuye',
    sent: 'Umhla|Itariki',
    to: 'Iya|Kuri',
    subject: 'Isihloko|Ikivugwaho',
    cc: 'Kopela ku|Kopi kuri',
  },
];
