#!/usr/bin/env bash
# @sendgrid/helpers 8.0.0 (in @sendgrid/mail): contentId of an attachment goes into the request as "contentId", which the API calls content_id.
#
# Guess: all names are turned into those of the API, as replyTo, templateId and the others are; the types of the package name it contentId.
# Seen:  names inside lists stay as they are; only an attachment that was made with new Attachment() is written as content_id.
# Hurts: pictures of the letter (cid:) are shown as broken, and nothing tells why.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @sendgrid/helpers@8.0.0

cat >try.mjs <<'JS'
import helpers from '@sendgrid/helpers';
const { Attachment, Mail } = helpers.classes;
const keys = (made) => Object.keys(JSON.parse(JSON.stringify(made))).join(' ');
const picture = { content: 'eA==', filename: 'a.png', type: 'image/png', disposition: 'inline', contentId: 'logo' };
const mail = (attachment) => new Mail({ from: 'desk@example.com', to: 'anna@example.com', replyTo: 'bob@example.com', subject: 'x', html: 'y', batchId: 'b', attachments: [attachment] });
console.log('mail:', keys(mail(picture)));
console.log('attachment as an object:', keys(mail(picture).toJSON().attachments[0]));
console.log('attachment as an Attachment:', keys(mail(new Attachment(picture)).toJSON().attachments[0]));
JS

cat >expected <<'SEEN'
mail: from subject personalizations attachments content reply_to batch_id
attachment as an object: content filename type disposition contentId
attachment as an Attachment: content filename type disposition content_id
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
