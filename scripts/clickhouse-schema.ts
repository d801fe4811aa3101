import { readConfig } from '@/lib/config'
import { schema } from '@/lib/store/clickhouse-tables'
import { runMain } from './run-main'

/** Prints the statements that make the tables, for whoever may make them where the server may not. */
async function main(): Promise<void> {
  const { clickhouse } = readConfig({ ...process.env, CLICKHOUSE_URL: process.env.CLICKHOUSE_URL || 'http://localhost:8123' })
  for (const statement of schema(clickhouse!)) console.log(`${statement.replace(/[ \t]+$/gm, '')};\n`)
}

runMain(main)
