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
  it('is the view as it was answered, in terms that the API understands', () => {
    const { asked, options } = read(exportHref(view, { format: 'ndjson', schema: 'ecs', columns: 'shown', folder: true }, ['src']))
    expect(asked).toMatchObject({
      range: { kind: 'fixed', from: Date.parse(view.from), to: Date.parse(view.to) },
      q: view.q,
      logs: view.logs,
      once: true,
      asof: Date.parse(view.asof),
    })
    expect(options).toMatchObject({ format: 'ndjson', schema: 'ecs', cols: [], folder: true })
  })

  it('asks for events of Splunk, and only in NDJSON', () => {
    const choice = { schema: 'hec', columns: 'all', folder: false } as const
    expect(read(exportHref(view, { ...choice, format: 'ndjson' }, [])).options).toMatchObject({ schema: 'cim', envelope: 'hec' })
    expect(read(exportHref(view, { ...choice, format: 'csv' }, [])).options).toMatchObject({ schema: 'tuple', envelope: 'none' })
  })

  it('names where a row lies beside the columns shown', () => {
    const { options } = read(exportHref(view, { format: 'csv', schema: 'ecs', columns: 'shown', folder: false }, ['src', 'dst']))
    expect(options).toMatchObject({ format: 'csv', schema: 'tuple', cols: ['src', 'dst', 'blob', 'etag', 'offset'] })
  })

  it('goes with a name that says when', () => {
    expect(exportName(view, { format: 'parquet', schema: 'tuple', columns: 'all', folder: false })).toBe(
      'flowlens-2026-08-12T000000.parquet',
    )
    expect(exportName(view, { format: 'csv', schema: 'tuple', columns: 'all', folder: true })).toBe('flowlens-2026-08-12T000000.tar')
  })
})
