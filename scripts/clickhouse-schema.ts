import { readConfig } from '@/lib/config'
import { schema } from '@/lib/store/clickhouse/tables'
import { runMain } from './process/run-main'

/** Prints the statements that create the tables, for servers without the permission to create them. */
async function main(): Promise<void> {
  const { clickhouse } = readConfig({ ...process.env, CLICKHOUSE_URL: process.env.CLICKHOUSE_URL || 'http://localhost:8123' })
  for (const statement of schema(clickhouse!)) console.log(`${statement.replace(/[ \t]+$/gm, '')};\n`)
}

runMain(main)
