#!/usr/bin/env bash
# @strapi/utils 5.55.0: sanitize.output takes private attributes out of an entry and of a list, and out of nothing in { results, pagination }; keys that are
# no attributes stay.
#
# Guess: what a service's find answers can be given to it as it is; only attributes of the content type come out, and only those go in.
# Seen:  an object is an entry, whatever it has: results is an unknown key, and unknown keys are kept, at any depth, in output and in input (where a private
# attribute may be written, and id and dates are taken out).
# Hurts: a controller of one's own that sanitizes a whole page, or an entry in { data }, sends what is marked private; a column added in SQL is sent without
# being asked for.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @strapi/utils@5.55.0

cat >try.mjs <<'JS'
const { default: utils } = await import('@strapi/utils');
const common = { id: { type: 'increments' }, documentId: { type: 'string' }, createdAt: { type: 'datetime' } };
const models = {
  'api::ticket.ticket': { uid: 'api::ticket.ticket', kind: 'collectionType', modelType: 'contentType', options: {}, attributes: { ...common, title: { type: 'string' }, token: { type: 'string', private: true }, owner: { type: 'relation', relation: 'manyToOne', target: 'api::person.person' } } },
  'api::person.person': { uid: 'api::person.person', kind: 'collectionType', modelType: 'contentType', options: {}, attributes: { ...common, name: { type: 'string' }, phone: { type: 'string', private: true } } },
};
globalThis.strapi = { config: { get: (name, otherwise) => otherwise }, getModel: (uid) => models[uid] };
const { input, output } = utils.sanitize.createAPISanitizers({ getModel: (uid) => models[uid] });
const ticket = { id: 7, title: 'Offer', token: 't', owner: { id: 1, name: 'Anna', phone: '1', note: 'n' }, note: 'n' };
for (const [name, value] of Object.entries({ entry: ticket, list: [ticket], page: { results: [ticket], pagination: { total: 1 } }, data: { data: ticket } })) console.log('output', name, '->', JSON.stringify(await output(value, models['api::ticket.ticket'])));
console.log('input ->', JSON.stringify(await input({ ...ticket, createdAt: 'x' }, models['api::ticket.ticket'])));
JS

cat >expected <<'SEEN'
output entry -> {"id":7,"title":"Offer","owner":{"id":1,"name":"Anna","note":"n"},"note":"n"}
output list -> [{"id":7,"title":"Offer","owner":{"id":1,"name":"Anna","note":"n"},"note":"n"}]
output page -> {"results":[{"id":7,"title":"Offer","token":"t","owner":{"id":1,"name":"Anna","phone":"1","note":"n"},"note":"n"}],"pagination":{"total":1}}
output data -> {"data":{"id":7,"title":"Offer","token":"t","owner":{"id":1,"name":"Anna","phone":"1","note":"n"},"note":"n"}}
input -> {"title":"Offer","token":"t","owner":{"id":1,"name":"Anna","phone":"1","note":"n"},"note":"n"}
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
