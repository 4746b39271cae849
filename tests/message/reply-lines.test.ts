import { describe, expect, test } from 'vitest';

import { replyText } from '../../server/services/message/reading/reply/reply-text';

/** The line above a quote in the languages of the web mailers and phones: whoever writes in one of them gets a folded quote. */
const lines: [language: string, line: string][] = [
  ['ar', 'كتب Desk Support في 24.11.2026 08:01:'],
  ['ast', 'El 24.11.2026 08:01, Desk Support escribió:'],
  ['az_AZ', '24.11.2026 08:01 tarixdə, Desk Support yazıb:'],
  ['be_BE', 'Desk Support напісаў 24.11.2026 08:01:'],
  ['bg_BG', 'На 24.11.2026 08:01, Desk Support написа:'],
  ['br', "D'an/ar 24.11.2026 08:01 eo bet skrivet gant Desk Support:"],
  ['bs_BA', '24.11.2026 08:01, Desk Support je napisao/la:'],
  ['ca_ES', 'El 24.11.2026 08:01, Desk Support va escriure:'],
  ['cs_CZ', 'Dne 24.11.2026 08:01, Desk Support napsal:'],
  ['cy_GB', 'Ar 24.11.2026 08:01, ysgrifennodd Desk Support:'],
  ['da_DK', 'Desk Support skrev den 24.11.2026 08:01:'],
  ['de_CH', 'Am 24.11.2026 08:01, schrieb Desk Support:'],
  ['el_GR', 'Στις 24.11.2026 08:01, Desk Support έγραψε:'],
  ['en_CA', 'On 24.11.2026 08:01, Desk Support wrote:'],
  ['eo', 'Je 24.11.2026 08:01, Desk Support skribis:'],
  ['et_EE', '24.11.2026 08:01 kirjutas Desk Support:'],
  ['eu_ES', '24.11.2026 08:01 egunean, Desk Support-(e)k idatzi du:'],
  ['fa_IR', 'در 24.11.2026 08:01، Desk Support نوشته است:'],
  ['fi_FI', 'Desk Support kirjoitti 24.11.2026 08:01:'],
  ['fo_FO', 'Tann 24.11.2026 08:01, skrivaði Desk Support:'],
  ['fr_FR', 'Le 24.11.2026 08:01, Desk Support a écrit :'],
  ['fy_NL', 'Op 24.11.2026 08:01, skreau Desk Support:'],
  ['ga_IE', 'Ar an 24.11.2026 08:01, scríobh Desk Support:'],
  ['gl_ES', 'O 24.11.2026 08:01, Desk Support escribiu:'],
  ['he_IL', ':כתב Desk Support, 24.11.2026 08:01 בתאריך'],
  ['hr_HR', 'Dana 24.11.2026 08:01, Desk Support je napisao(la):'],
  ['hu_HU', '24.11.2026 08:01 időpontban Desk Support ezt írta:'],
  ['hy_AM', '24.11.2026 08:01-ին, Desk Support-ը գրեց.'],
  ['ia', 'Le 24.11.2026 08:01, Desk Support ha scribite:'],
  ['id_ID', 'Pada 24.11.2026 08:01, Desk Support menulis:'],
  ['is_IS', 'Þann 24.11.2026 08:01, skrifaði Desk Support:'],
  ['it_IT', 'Il 24.11.2026 08:01 Desk Support ha scritto:'],
  ['ja_JP', '24.11.2026 08:01 に Desk Support さんは書きました:'],
  ['ka_GE', '24.11.2026 08:01-ში, Desk Support დაწერა:'],
  ['km_KH', 'កាលពី​ថ្ងៃ 24.11.2026 08:01, Desk Support បាន​សរសេរ៖'],
  ['ko_KR', '24.11.2026 08:01에 Desk Support이(가) 쓴 내용:'],
  ['ku', 'Di 24.11.2026 08:01 de, şandyar nivîsî:'],
  ['lb_LU', 'Den 24.11.2026 08:01, Desk Support schreift:'],
  ['lt_LT', '24.11.2026 08:01, Desk Support rašė:'],
  ['lv_LV', 'Desk Support @ 24.11.2026 08:01 rakstīja:'],
  ['mk_MK', 'На 24.11.2026 08:01,Desk Support напиша:'],
  ['mr_IN', '24.11.2026 08:01 या दिवशी Desk Support ने लिहीले :'],
  ['ms_MY', 'Pada 24.11.2026 08:01, Desk Support menulis'],
  ['nb_NO', 'Den 24.11.2026 08:01, skrev Desk Support:'],
  ['nl_BE', 'Op 24.11.2026 08:01, schreef Desk Support:'],
  ['nl_NL', 'Desk Support schreef op 24.11.2026 08:01:'],
  ['nn_NO', 'Den 24.11.2026 08:01 skreiv Desk Support:'],
  ['pl_PL', 'W dniu 24.11.2026 08:01, Desk Support napisał(a):'],
  ['pt_BR', 'Em 24.11.2026 08:01, Desk Support escreveu:'],
  ['pt_PT', 'A 24.11.2026 08:01, Desk Support escreveu:'],
  ['ro_RO', 'În 24.11.2026 08:01, Desk Support a scris:'],
  ['ru_RU', 'Desk Support писал(а) 24.11.2026 08:01:'],
  ['sk_SK', 'Dňa 24.11.2026 08:01 Desk Support napísal(a):'],
  ['sl_SI', '24.11.2026 08:01, je Desk Support napisal'],
  ['sq_AL', 'Më 24.11.2026 08:01, Desk Support shkroi:'],
  ['sr_CS', 'Дана 24.11.2026 08:01, Desk Support написа:'],
  ['sv_SE', '24.11.2026 08:01 skrev Desk Support:'],
  ['tr_TR', '24.11.2026 08:01, Desk Support yazmış:'],
  ['ug', '24.11.2026 08:01 دا، Desk Support يازدى:'],
  ['uk_UA', '24.11.2026 08:01, Desk Support написав:'],
  ['uz', 'Desk Support yozgan kun 24.11.2026 08:01:'],
  ['vi_VN', 'Vào ngày 24.11.2026 08:01, Desk Support viết:'],
  ['zh_CN', '在 24.11.2026 08:01，Desk Support 写道：'],
  ['zh_TW', 'Desk Support 於 24.11.2026 08:01 寫到:'],
];

const quoted = '> Hello Maria,\n> please restart the printer.\n> \n> Kind regards\n> Support';

describe('the line above a quote is folded with it', () => {
  test.each(lines)('%s: %s', (_, line) => {
    expect(replyText(`The lamp is green, thanks.\n\n${line}\n\n${quoted}`)).toBe('The lamp is green, thanks.');
  });
});

describe('a sender who points to answers below is shown whole', () => {
  const below =
    'From: Desk Support <support@desk.example>\nSent: Tuesday, November 24, 2026 8:01 AM\nTo: Maria\nSubject: Printer\n\nIs the lamp green? Yes.';
  test.each([
    'Please see my answers below in red.',
    'Meine Antworten stehen direkt im Text.',
    'Siehe unten.',
    'Mes réponses sont dans le texte, en rouge.',
    'Respondo más abajo, en rojo.',
    'Le mie risposte sono qui sotto.',
    'As minhas respostas estão abaixo.',
    'Mijn antwoorden staan hieronder.',
    'Mina svar står nedan i rött.',
    'Vastaukset ovat alla punaisella.',
    'Odpowiedzi poniżej na czerwono.',
    'Ответы ниже красным.',
  ])('%s', (words) => {
    expect(replyText(`${words}\n\n${below}`)).toContain('Is the lamp green? Yes.');
  });

  test('a sender who does not point to answers below is folded', () => {
    expect(replyText(`It works, I can see the printer again.\n\n${below}`)).toBe('It works, I can see the printer again.');
  });
});

describe('an attribution that is broken into several lines', () => {
  test.each([
    'On Nov 21, 2026,\nat 10:18 AM,\nDesk Support <help@desk.example> wrote:',
    'On Tue, 21 Nov 2026\nat 10:18, Desk Support\nwrote:',
  ])('is folded from its day on: %s', (line) => {
    expect(replyText(`It works.\n\n${line}\n\n> Try it again.\n`)).toBe('It works.');
  });
});

describe('the line with which Outlook ends on phones', () => {
  test.each([
    'Get Outlook for iOS<https://aka.ms/o0ukef>',
    'Outlook für iOS<https://aka.ms/o0ukef> beziehen',
    'Outlook für Android beziehen<https://aka.ms/AAb9ysg>',
    'Uzyskaj program Outlook dla systemu iOS<https://aka.ms/o0ukef>',
    'Získat Outlook pro iOS <https://aka.ms/o0ukef>',
    'Az Outlook beszerzése iOS-re<https://aka.ms/o0ukef>',
    'iOS 版 Outlook を入手<https://aka.ms/o0ukef>',
    'iOS용 Outlook 다운로드<https://aka.ms/o0ukef>',
    'Отримати Outlook для iOS<https://aka.ms/o0ukef>',
  ])('is folded: %s', (line) => expect(replyText(`It works.\n\n${line}\n`)).toBe('It works.'));

  test.each(['Outlook for iOS crashes.', 'I got Outlook by https://aka.ms/o0ukef but it crashes.'])(
    'and no sentence about it: %s',
    (line) => expect(replyText(`It fails.\n\n${line}\n`)).toBe(`It fails.\n\n${line}`),
  );
});

describe('a line like ours', () => {
  const line = '##- Please type your reply above this line -##';
  const answer = 'Hello Desk,\n\nthe lamp is on its way.\n\nAnn';

  test.each([
    ['ours below', `${line}\n\n${answer}\n\nOn 30.11.2026 10:00, Desk <help@desk.example> wrote:\n\n${line}\n\nWhere is it?`],
    ['a quote below', `${line}\n\n${answer}\n\nOn 30.11.2026 10:00, Desk <help@desk.example> wrote:\n> ${line}\n> Where is it?`],
    ['nothing below', `${line}\n${answer}`],
  ])('with which Zendesk begins its emails is nothing to read: %s', (_, text) => expect(replyText(text)).toBe(answer));

  test('alone, or quoted above an answer, is as before', () => {
    expect(replyText(line)).toBe(line);
    expect(replyText(`> ${line}\n> Where is it?\n\nOn its way.`)).toBe('On its way.');
  });

  test('in the Markdown that a program made of it cuts as ever', () =>
    expect(replyText(`${answer}\n\n\\##- Bitte oberhalb antworten -\\##\n\nWo ist sie?`)).toBe(answer));
});
