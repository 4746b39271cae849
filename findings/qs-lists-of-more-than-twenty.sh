#!/usr/bin/env bash
# qs 6.15.3: a list of more than the limit is an object, also when it is sent without indexes; Strapi (@strapi/utils 5.55.0) then drops the condition, and all entries match.
#
# Guess: arrayLimit (20, in Strapi 100) is about gaps such as a[500]=x: "a[]=1&a[]=2…" and "a=1&a=2…" stay lists of any length, and a[20] is within the limit.
# Seen:  the 21st value makes an object with the keys 0 to 20, whichever way it is written. filters[id][$in] with 100 ids is a condition on these, with 101 it is none:
# the filter is dropped without an error.
# Hurts: an export or a deletion of "these 101 entries" takes all entries of the table.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts qs@6.15.3 @strapi/utils@5.55.0

cat >try.mjs <<'JS'
import qs from 'qs';
import utils from '@strapi/utils';
const numbers = (count) => Array.from({ length: count }, (_, at) => at + 1);
const ways = { 'a[0]=': (n) => `a[${n - 1}]=${n}`, 'a[]=': (n) => `a[]=${n}`, 'a=': (n) => `a=${n}` };
for (const [name, write] of Object.entries(ways)) {
  const kinds = [20, 21].map((count) => `${count} values are ${Array.isArray(qs.parse(numbers(count).map(write).join('&')).a) ? 'a list' : 'an object'}`);
  console.log(`${name.padEnd(6)} ${kinds.join(', ')}`);
}
const model = { uid: 'api::ticket.ticket', kind: 'collectionType', modelType: 'contentType', options: {}, attributes: { id: { type: 'increments' }, title: { type: 'string' } } };
const { transformQueryParams } = utils.queryParams.createTransformer({ getModel: () => model });
for (const count of [100, 101]) {
  // The options of Strapi's own middleware (strapi::query).
  const query = qs.parse(numbers(count).map((n) => `filters[id][$in][${n - 1}]=${n}`).join('&'), { strictNullHandling: true, arrayLimit: 100, depth: 20 });
  const { where } = transformQueryParams('api::ticket.ticket', query);
  console.log(`${count} ids in Strapi: ${where.id ? `a condition on ${where.id.$in.length} ids` : `the condition is ${JSON.stringify(where)}`}`);
}
JS

cat >expected <<'SEEN'
a[0]=  20 values are a list, 21 values are an object
a[]=   20 values are a list, 21 values are an object
a=     20 values are a list, 21 values are an object
100 ids in Strapi: a condition on 100 ids
101 ids in Strapi: the condition is {}
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
