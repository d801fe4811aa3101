import {
  addressKey,
  askKey,
  byKey,
  columnsKey,
  cursorKey,
  densityKey,
  dirKey,
  exportColumnsKey,
  facetsKey,
  fieldKey,
  folderKey,
  foldKey,
  formatKey,
  groupKey,
  hashKey,
  holesKey,
  hourKey,
  integerKey,
  type Key,
  liveKey,
  metricKey,
  nameKey,
  noiseKey,
  offKey,
  perKey,
  piecesKey,
  pinsKey,
  prefixKey,
  previousKey,
  proofKey,
  rowKey,
  ruleKindKey,
  ruleSortKey,
  schemaKey,
  sortKey,
  stepKey,
  thresholdsKey,
  waitKey,
  wayKey,
  zoneKey,
} from './keys'

/** Keys of one view beside the common ones (`from to last q log asof once`): what its API route and its page take, and what the page alone keeps. */
interface Keys {
  keys: Readonly<Record<string, Key<unknown>>>
  page: Readonly<Record<string, Key<unknown>>>
}

const range = { wait: waitKey }
const page = { off: offKey, tz: zoneKey, live: liveKey, step: stepKey, proof: proofKey }
const ruleName = nameKey('the rule as the log writes it')
const aclName = nameKey('the ACL as the log writes it')

/** Every view and its keys, in the order that they are written. */
export const VIEWS = {
  overview: {
    keys: { by: byKey(['src']), metric: metricKey, limit: integerKey('talkers to show', 10, 1000) },
    page: { prev: previousKey, ...page },
  },
  timeline: { keys: { buckets: integerKey('most buckets in the answer', 240, 5000), noise: noiseKey, ...range }, page: {} },
  values: { keys: { field: fieldKey, prefix: prefixKey, limit: integerKey('values in the answer', 10, 1000), ...range }, page: {} },
  talkers: {
    keys: {
      by: byKey(['src']),
      metric: metricKey,
      limit: integerKey('rows in the answer', 10, 1000),
      spark: integerKey('most buckets in the course of each row', 0, 240),
      ...range,
    },
    page,
  },
  rules: {
    keys: { per: perKey, spark: integerKey('most buckets in the course of each rule', 0, 240), ...range },
    page: { kind: ruleKindKey, sort: ruleSortKey, rule: ruleName, acl: aclName, dir: dirKey, ...page },
  },
  rule: {
    keys: {
      rule: { ...ruleName, required: true },
      acl: { ...aclName, required: true },
      dir: dirKey,
      limit: integerKey('rows in each list', 8, 100),
      spark: integerKey('most buckets in its course', 60, 240),
      ...range,
    },
    page: {},
  },
  tuples: {
    keys: { sort: sortKey, limit: integerKey('rows on a page', 100, 10_000), cursor: cursorKey, ...range },
    page: { cols: columnsKey, pins: pinsKey, density: densityKey, facets: facetsKey, row: rowKey, ...page },
  },
  flow: { keys: { limit: integerKey('rows in the answer', 100, 1000), ...range }, page: {} },
  neighbours: { keys: { limit: integerKey('rows in the answer', 100, 1000), ...range }, page: {} },
  scans: {
    keys: { group: groupKey, thresholds: thresholdsKey, limit: integerKey('rows in the answer', 50, 1000), ...range },
    page: { row: rowKey, ...page },
  },
  flips: { keys: { way: wayKey, limit: integerKey('rows in the answer', 50, 1000), ...range }, page },
  host: { keys: { ip: addressKey, limit: integerKey('rows in each list', 8, 100), ...range }, page: {} },
  /** The address stands in the path of the page. */
  hostPage: { keys: { metric: metricKey }, page: { prev: previousKey, ...page } },
  coverage: { keys: range, page: { holes: holesKey, at: hourKey, fold: foldKey, ...page } },
  holes: { keys: range, page: {} },
  evidence: { keys: { proof: { ...proofKey, required: true }, ...range }, page: {} },
  counters: { keys: range, page: {} },
  plan: { keys: {}, page: {} },
  load: { keys: { ask: askKey }, page: {} },
  verify: {
    keys: { rows: integerKey('rows to hold against their bytes', 1000, 10_000), pieces: piecesKey, ...range },
    page: {},
  },
  export: { keys: { format: formatKey, schema: schemaKey, cols: exportColumnsKey, folder: folderKey, hash: hashKey, ...range }, page: {} },
  manifest: { keys: { hash: hashKey, ...range }, page: {} },
} as const satisfies Record<string, Keys>

export type ViewName = keyof typeof VIEWS

type ValueOf<K> = K extends Key<infer Value> ? Value : never
type AllKeys<V extends ViewName> = (typeof VIEWS)[V]['keys'] & (typeof VIEWS)[V]['page']

/** The values of a view's own keys, all of them present. */
export type Options<V extends ViewName> = { [K in keyof AllKeys<V>]: ValueOf<AllKeys<V>[K]> }
