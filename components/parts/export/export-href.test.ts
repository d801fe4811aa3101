import { describe, expect, it } from 'vitest'
import { readStrict } from '@/lib/link/params'
import { exportHref, exportName } from './export-href'

const view = {
  from: '2026-08-12T00:00:00.000Z',
  to: '2026-08-13T00:00:00.000Z',
  q: 'action:deny not src:10.0.0.0/8',
  logs: ['x-1', 'y-2'],
  asof: '2026-08-12T23:00:00.000Z',
  once: true,
}
const read = (href: string) => readStrict('export', new URL(href, 'http://localhost').searchParams)

describe('address of an export', () => {
  it("is the view as it was answered, in the API's terms", () => {
    const { asked, options } = read(
      exportHref(view, { per: 'tuple', format: 'ndjson', schema: 'ecs', columns: 'shown', folder: true }, ['src']),
    )
    expect(asked).toMatchObject({
      range: { kind: 'fixed', from: Date.parse(view.from), to: Date.parse(view.to) },
      q: view.q,
      logs: view.logs,
      once: true,
      asof: Date.parse(view.asof),
    })
    expect(options).toMatchObject({ per: 'tuple', format: 'ndjson', schema: 'ecs', cols: [], folder: true })
  })

  it('requests events for Splunk, only in NDJSON', () => {
    const choice = { per: 'tuple', schema: 'hec', columns: 'all', folder: false } as const
    expect(read(exportHref(view, { ...choice, format: 'ndjson' }, [])).options).toMatchObject({ schema: 'cim', envelope: 'hec' })
    expect(read(exportHref(view, { ...choice, format: 'csv' }, [])).options).toMatchObject({ schema: 'tuple', envelope: 'none' })
  })

  it('adds the origin of a row to the shown columns', () => {
    const { options } = read(
      exportHref(view, { per: 'tuple', format: 'csv', schema: 'ecs', columns: 'shown', folder: false }, ['src', 'dst']),
    )
    expect(options).toMatchObject({ per: 'tuple', format: 'csv', schema: 'tuple', cols: ['src', 'dst', 'blob', 'etag', 'offset'] })
  })

  it('has a file name with the time', () => {
    expect(exportName(view, { per: 'tuple', format: 'parquet', schema: 'tuple', columns: 'all', folder: false })).toBe(
      'flowlens-2026-08-12T000000.parquet',
    )
    expect(exportName(view, { per: 'tuple', format: 'csv', schema: 'tuple', columns: 'all', folder: true })).toBe(
      'flowlens-2026-08-12T000000.tar',
    )
  })

  it('names flows', () => {
    const choice = { per: 'flow', format: 'csv', schema: 'tuple', columns: 'all', folder: false } as const
    expect(read(exportHref(view, choice, [])).options).toMatchObject({ per: 'flow', format: 'csv', cols: [], context: false })
    expect(exportName(view, choice)).toBe('flowlens-flows-2026-08-12T000000.csv')
  })
})
