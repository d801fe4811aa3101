import path from 'node:path'
import { parseArgs } from 'node:util'
import { Problem } from '@/lib/flow/problem'
import { fromContainer, fromFolder, pushdown } from '@/lib/store/clickhouse/pushdown'
import { runMain } from './process/run-main'

const USAGE = `npm run clickhouse:pushdown -- --from 2026-08-01 --to 2026-09-01 (--container NAME | --folder PATH)

prints a view "pushed" of the tuples of a range that ClickHouse reads directly from the blobs, for queries over hours that have not been loaded

  --container     read with azureBlobStorageCluster, on the servers of CLICKHOUSE_CLUSTER (default: default)
  --collection    the named collection on the servers with the account and its credential (default: flowlens_azure)
  --folder        read files that the server can access`

function instant(name: string, text: string | undefined): number {
  const t = Date.parse(text ?? '')
  if (Number.isNaN(t)) throw new Problem('ask', `--${name} is ${text ?? 'missing'}; expected a date or an ISO 8601 instant\n\n${USAGE}`)
  return t
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      from: { type: 'string' },
      to: { type: 'string' },
      container: { type: 'string' },
      collection: { type: 'string', default: 'flowlens_azure' },
      folder: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return console.log(USAGE)
  const [from, to] = [instant('from', values.from), instant('to', values.to)]
  if (!/^\w+$/.test(values.collection)) throw new Problem('ask', `--collection is ${values.collection}; expected a name`)
  if ((values.container === undefined) === (values.folder === undefined))
    throw new Problem('ask', `Expected either --container or --folder\n\n${USAGE}`)
  const cluster = process.env.CLICKHOUSE_CLUSTER || 'default'
  const source =
    values.folder === undefined
      ? fromContainer({ cluster, collection: values.collection, container: values.container! }, from, to)
      : fromFolder(path.resolve(values.folder), from, to)
  console.log(`create or replace view pushed as\n${pushdown(source, from, to)};`)
}

runMain(main)
