#!/usr/bin/env bash
# @strapi/utils 5.55.0: who asks for 0 entries gets 1, and the schema of the page refuses what stands in an address.
#
# Guess: a limit of 0 gives only the count, or is an error; paginationSchema, made for query parameters, takes page=2 as it stands
# in an address.
# Seen:  limit 0 becomes 1 in withDefaultPagination, but stays 0 in transformQueryParams; the schema takes the number 2, not "2".
# Hurts: a call that only wants the number of tickets reads one; two ways into the same list give different ones.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @strapi/utils@5.55.0

cat >try.mjs <<'JS'
const { default: utils } = await import('@strapi/utils');
const { pagination, paginationSchema, queryParams } = utils;
const { transformQueryParams } = queryParams.createTransformer({ getModel: () => ({ uid: 'api::t.t', modelType: 'contentType', kind: 'collectionType', options: {}, attributes: {} }) });
const shown = (make) => { try { return JSON.stringify(make()); } catch (error) { return 'refused: ' + error.message; } };
for (const query of [{ start: 0, limit: 0 }, { start: 0, limit: -1 }, { start: -5, limit: 10 }, { start: 'x', limit: 10 }, { page: 0, pageSize: 10 }, { page: 2, pageSize: 500 }, { page: 1, limit: 10 }])
  console.log(JSON.stringify(query).padEnd(26), 'withDefaultPagination', shown(() => pagination.withDefaultPagination(query, { maxLimit: 100 })), '| transformQueryParams', shown(() => { const { offset, limit, page, pageSize } = transformQueryParams('api::t.t', query); return { offset, limit, page, pageSize }; }));
for (const query of [{ page: 2, pageSize: 10 }, { page: '2', pageSize: '10' }, { start: 0, limit: 10, withCount: 'true' }]) console.log('paginationSchema', JSON.stringify(query), paginationSchema.safeParse(query).success);
JS

cat >expected <<'SEEN'
{"start":0,"limit":0}      withDefaultPagination {"start":0,"limit":1} | transformQueryParams {"offset":0,"limit":0}
{"start":0,"limit":-1}     withDefaultPagination {"start":0,"limit":100} | transformQueryParams {"offset":0}
{"start":-5,"limit":10}    withDefaultPagination {"start":0,"limit":10} | transformQueryParams refused: convertStartQueryParams expected a positive integer got -5
{"start":"x","limit":10}   withDefaultPagination {"start":null,"limit":10} | transformQueryParams refused: convertStartQueryParams expected a positive integer got NaN
{"page":0,"pageSize":10}   withDefaultPagination {"start":0,"limit":10} | transformQueryParams refused: Invalid 'page' parameter. Expected an integer > 0, received: 0
{"page":2,"pageSize":500}  withDefaultPagination {"start":100,"limit":100} | transformQueryParams {"page":2,"pageSize":500}
{"page":1,"limit":10}      withDefaultPagination refused: Cannot use both page & offset pagination in the same query | transformQueryParams refused: Invalid pagination attributes. The page parameters are incorrect and must be in the pagination object
paginationSchema {"page":2,"pageSize":10} true
paginationSchema {"page":"2","pageSize":"10"} false
paginationSchema {"start":0,"limit":10,"withCount":"true"} false
SEEN
node try.mjs | tee seen
diff expected seen && echo 'as described'
