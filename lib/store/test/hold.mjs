import { DuckDBInstance } from '@duckdb/node-api'

await DuckDBInstance.create(process.argv[2])
process.send('held')
setInterval(() => {}, 1000)
