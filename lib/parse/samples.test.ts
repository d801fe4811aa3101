import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createColumns } from '@/lib/flow/tuple/columns'
import type { FlowGroup } from '@/lib/flow/tuple/tuple'
import { Scanner } from './scanner'

const folder = fileURLToPath(new URL('../../../shared/samples', import.meta.url))

function scan(file: string) {
  const columns = createColumns(0)
  const groups = new Map<number, FlowGroup>()
  const scanner = new Scanner({ blob: 1, source: 'samples', scope: null, hour: null, mac: null, offset: 0 }, columns, groups)
  scanner.push(readFileSync(`${folder}/${file}`))
  return { state: scanner.finish(), rejections: scanner.rejections, columns }
}

describe.runIf(existsSync(folder))('real flow logs', () => {
  it.each([
    ['blob_fixtures.json', 153],
    ['blob_fixtures_vnetflowlogs.json', 166],
    ['blob_fixtures_subnetflowlogs.json', 68],
    ['blob_fixtures_networkinterfaceflowlogs.json', 61],
    ['vnet_ssh_platformrule_PT1H.json', 22],
  ])('%s holds %i tuples', (file, tuples) => {
    const { state, rejections, columns } = scan(file)
    expect(rejections).toEqual([])
    expect(state).toMatchObject({ tuples, malformed: 0 })
    expect(columns.length).toBe(tuples)
  })

  it('rejects the hybrid for its missing version', () => {
    const { state, rejections } = scan('hybrid_wrong_on_purpose.json')
    expect(state).toMatchObject({ records: 0, tuples: 0, malformed: 2 })
    expect(rejections).toMatchObject([{ what: 'record', reason: 'version', count: 2, offset: 21 }])
  })
})
