/** Domains at which anybody may have an address: to block one of them would lose customers. */
const PUBLIC = new Set(
  `aim.com aol.com att.net bigpond.com bluewin.ch bt.com btinternet.com charter.net comcast.net cox.net daum.net duck.com
  earthlink.net fastmail.com foxmail.com free.fr freenet.de gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net googlemail.com
  hey.com hotmail.co.uk hotmail.com hotmail.de hotmail.es hotmail.fr hotmail.it icloud.com inbox.lv kolumbus.fi laposte.net
  libero.it live.co.uk live.com live.fr live.se luukku.com mac.com mail.com mail.de mail.ru mailbox.org me.com msn.com naver.com
  orange.fr outlook.com outlook.de outlook.es outlook.fr pm.me posteo.de proton.me protonmail.com qq.com rediffmail.com
  rocketmail.com sbcglobal.net seznam.cz sfr.fr sina.com sky.com t-online.de telia.com terra.com.br tuta.com tutanota.com uol.com.br
  verizon.net virgilio.it wanadoo.fr web.de wp.pl yahoo.ca yahoo.co.in yahoo.co.jp yahoo.co.uk yahoo.com yahoo.de yahoo.es
  yahoo.fr yahoo.it yandex.com yandex.ru ymail.com ziggo.nl zoho.com 126.com 163.com`.split(/\s+/),
);

/** The second label of domains below which others register theirs: `co.uk`. */
const REGISTRIES = new Set(['ac', 'co', 'com', 'edu', 'go', 'gob', 'gov', 'gv', 'ne', 'net', 'or', 'org']);

export const isPublicDomain = (domain: string): boolean => PUBLIC.has(domain);

/** Whether nobody owns all of it: `com`, `co.uk`. */
export function isRegistry(domain: string): boolean {
  const [first, second, ...rest] = domain.split('.');
  return second === undefined || (rest.length === 0 && second.length === 2 && REGISTRIES.has(first));
}
