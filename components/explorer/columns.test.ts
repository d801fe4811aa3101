import { describe, expect, it } from 'vitest'
import { ROW_FIELDS, type RowField } from '@/lib/flow/fields'
import {
  arrangedColumns,
  columnLooks,
  DEFAULT_COLUMNS,
  gridTemplate,
  linkedColumns,
  movedColumns,
  placedColumns,
  SELECT_WIDTH,
  shownColumns,
} from './columns'

const V4 = { src: 15, dst: 15 }
const lookOf = (shown: readonly RowField[], field: RowField) => columnLooks(shown, V4).find((look) => look.field === field)!

describe('which columns', () => {
  it('are the default ones while the link names none, and those are not written', () => {
    expect(shownColumns([], false)).toBe(DEFAULT_COLUMNS)
    expect(shownColumns(['src'], true)).toEqual(['src'])
    expect(linkedColumns(DEFAULT_COLUMNS)).toEqual([])
    expect(linkedColumns(['src', 'time'])).toEqual(['src', 'time'])
  })
  it('stand in another order on a narrow screen, and are the same', () => {
    const narrow = shownColumns([], true)
    expect(narrow.slice(0, 2)).toEqual(['action', 'src'])
    expect([...narrow].sort()).toEqual([...DEFAULT_COLUMNS].sort())
  })
  it('can be every column of a tuple', () => {
    expect([...arrangedColumns(['rule', 'time'])].sort()).toEqual([...ROW_FIELDS].sort())
    expect(arrangedColumns(['rule', 'time']).slice(0, 3)).toEqual(['rule', 'time', 'recordTime'])
  })
  it('begin with the pinned ones', () => {
    expect(placedColumns(['time', 'src', 'dst', 'rule'], ['rule', 'src', 'mac'])).toEqual(['src', 'rule', 'time', 'dst'])
  })
  it('move to any place', () => {
    expect(movedColumns(['src', 'dst', 'rule'], 'rule', -2)).toEqual(['rule', 'src', 'dst'])
  })
  it('move by one place and stop at the edge', () => {
    expect(movedColumns(['src', 'dst', 'rule'], 'dst', -1)).toEqual(['dst', 'src', 'rule'])
    expect(movedColumns(['src', 'dst', 'rule'], 'dst', 1)).toEqual(['src', 'rule', 'dst'])
    expect(movedColumns(['src', 'dst'], 'src', -1)).toEqual(['src', 'dst'])
    expect(movedColumns(['src', 'dst'], 'dst', 1)).toEqual(['src', 'dst'])
    expect(movedColumns(['src'], 'rule', 1)).toEqual(['src'])
  })
})

describe('how a column looks', () => {
  it('joins a port to its own address only', () => {
    expect(lookOf(['src', 'sport'], 'sport')).toMatchObject({ joined: true, label: 'Port', align: 'start' })
    expect(lookOf(['src', 'sport'], 'src').align).toBe('end')
    expect(lookOf(['src', 'dport'], 'dport')).toMatchObject({ joined: false, label: 'Destination port', align: 'end' })
    expect(lookOf(['src', 'dport'], 'src').align).toBe('start')
  })
  it('points from the source to the destination beside it', () => {
    expect(lookOf(['src', 'sport', 'dst'], 'dst').arrow).toBe(true)
    expect(lookOf(['src', 'dst'], 'dst').arrow).toBe(true)
    expect(lookOf(['rule', 'dst'], 'dst').arrow).toBe(false)
  })
  it('puts figures at the end and names at the start', () => {
    for (const field of ['packetsSent', 'bytesSent', 'packetsReceived', 'bytesReceived'] as const)
      expect(lookOf([field], field).align).toBe('end')
    expect(lookOf(['rule'], 'rule')).toMatchObject({ align: 'start', grows: 2 })
  })
  it('has room for the longest address', () => {
    const [v4] = columnLooks(['src'], V4)
    const [v6] = columnLooks(['src'], { src: 39, dst: 15 })
    expect(v6!.width - v4!.width).toBeGreaterThan(24 * 7)
  })
  it('stays in sight where it is pinned, beside those before it', () => {
    const [rule, mac, src] = columnLooks(['rule', 'mac', 'src'], V4, 2)
    expect(rule).toMatchObject({ left: SELECT_WIDTH, grows: 0 })
    expect(mac).toMatchObject({ left: SELECT_WIDTH + rule!.width, grows: 0 })
    expect(src!.left).toBeNull()
  })
  it('always fills the row', () => {
    expect(gridTemplate(columnLooks(['time', 'rule', 'proto'], V4))).toMatch(/^32px \d+px minmax\(\d+px,2fr\) \d+px$/)
    expect(gridTemplate(columnLooks(['proto', 'time'], V4))).toMatch(/^32px \d+px minmax\(\d+px,1fr\)$/)
  })
})
