/** With these words a sender says that there is more of theirs below, between our words: then nothing is folded. */
export const pointsBelow = [
  '\\b(?:answers?|repl(?:y|ies)|responses?|comments?|notes|remarks|marked|written|see|put)\\b.{0,40}\\b(?:below|in-?line|in (?:red|blue|green|bold|colou?r)|in the text|between the lines)\\b',
  '\\bsiehe (?:unten|text)|\\b(?:antwort(?:en)?|anmerkung(?:en)?|kommentare?|hinweise)\\b.{0,40}(?:\\bunten\\b|\\bim text\\b|\\bin (?:rot|blau|grün|farbe)\\b|\\binline\\b|\\bfarbig\\b|untenstehend)',
  '(?:voir|réponses?|commentaires?|remarques?).{0,40}(?:ci-dessous|plus bas|dans le texte|en (?:rouge|bleu|vert))',
  '(?:véase|ver|respuestas?|respondo|comentarios?|contest(?:o|aciones)).{0,40}(?:más abajo|abajo|en (?:rojo|azul|verde)|en el texto|entre líneas)',
  '(?:vedi|risposte?|rispondo|commenti).{0,40}(?:qui sotto|sotto|in (?:rosso|blu|verde)|nel testo)',
  '(?:veja|ver|respostas?|respondo|comentários?).{0,40}(?:abaixo|em (?:vermelho|azul|verde)|no texto)',
  '\\b(?:zie|antwoord(?:en)?|opmerkingen|reacties?)\\b.{0,40}(?:hieronder|onderstaand|in (?:rood|blauw|groen)|in de tekst)',
  '\\b(?:se|svar(?:en|ene)?|kommentarer(?:na)?|bemærkninger)\\b.{0,40}(?:nedan|nedenfor|nedenunder|i (?:rött|rødt|blått)|med (?:rött|rødt)|i texten|i teksten)',
  '(?:vastaukset|vastaukseni|vastasin|katso|kommentit).{0,40}(?:alla|alempana|punaisella|tekstissä)',
  '(?:odpowiedzi|odpowiadam|komentarze|uwagi|patrz).{0,40}(?:poniżej|na czerwono|w tekście)',
  '(?:viz|odpovědi|odpovídám|komentáře|odpovede|pozri).{0,40}(?:níže|nižšie|červeně|v textu)',
  '(?:ответ(?:ы|ил|ила)?|отвечаю|комментарии|см\\.|смотрите).{0,40}(?:ниже|красным|в тексте)',
  '(?:回复|回覆|答复|答案|请见|請見|見|见).{0,15}(?:下面|下方|如下|红字|紅字|红色|紅色)|(?:下記|下に|赤字|文中|インライン).{0,15}(?:回答|返信|記入|コメント)|(?:아래|빨간색|본문).{0,15}(?:답변|회신|표시)',
];
