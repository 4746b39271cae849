#!/usr/bin/env bash
# @strapi/utils 5.55.0: a filter with the value of a JSON field, or with an operator in capitals, is dropped, and all entries match.
#
# Guess: filters[data][a]=1 compares the field, or is refused as an unknown key; fields and filters treat an unknown name alike.
# Seen:  transformQueryParams leaves an empty condition. An unknown name is dropped from the filters, but kept in the list of
# fields. $null with an empty value is false.
# Hurts: code that deletes or counts by such a filter takes all entries.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @strapi/utils@5.55.0

cat >try.mjs <<'JS'
const { default: utils } = await import('@strapi/utils');
const models = {
  'api::ticket.ticket': { uid: 'api::ticket.ticket', kind: 'collectionType', modelType: 'contentType', options: {}, attributes: { id: { type: 'increments' }, documentId: { type: 'string' }, title: { type: 'string' }, data: { type: 'json' }, open: { type: 'boolean' } } },
};
const { transformQueryParams } = utils.queryParams.createTransformer({ getModel: (uid) => models[uid] });
for (const query of [{ filters: { title: 'x' } }, { filters: { data: { a: 1 } } }, { filters: { data: { $eq: { a: 1 } } } }, { filters: { title: { $EQ: 'x' } } }, { filters: { titel: 'x' } }, { filters: { title: { $null: '' } } }, { filters: { title: { $null: 'true' } } }, { filters: { open: 'true' } }, { fields: ['titel'] }, { sort: 'titel' }]) {
  let seen; try { const { where, select, orderBy } = transformQueryParams('api::ticket.ticket', query); seen = JSON.stringify(where ?? select ?? orderBy); } catch (error) { seen = 'refused: ' + error.message; }
  console.log(JSON.stringify(query).padEnd(42), seen);
}
JS

cat >expected <<'SEEN'
{"filters":{"title":"x"}}                  {"title":"x"}
{"filters":{"data":{"a":1}}}               {}
{"filters":{"data":{"$eq":{"a":1}}}}       {}
{"filters":{"title":{"$EQ":"x"}}}          {}
{"filters":{"titel":"x"}}                  {}
{"filters":{"title":{"$null":""}}}         {"title":{"$null":false}}
{"filters":{"title":{"$null":"true"}}}     {"title":{"$null":true}}
{"filters":{"open":"true"}}                {"open":"true"}
{"fields":["titel"]}                       ["id","documentId","titel"]
{"sort":"titel"}                           [{"titel":"asc"}]
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
