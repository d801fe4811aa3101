import { describe, expect, it } from 'vitest'
import type { RowField } from '@/lib/flow/field/fields'
import type { ColumnWidths } from '@/lib/link/keys/widths'
import { BESIDE, columnLooks, columnWidths, DEFAULT_COLUMNS, linkedColumns, NOTHING_BESIDE, SELECT_WIDTH, shownColumns } from './columns'

const V4 = { src: 15, dst: 15 }
const lookOf = (shown: readonly RowField[], field: RowField) => columnLooks(shown, V4).find((look) => look.field === field)!

describe('which columns', () => {
  it('are the default ones if the link names none, and defaults are not written', () => {
    expect(shownColumns([], false)).toBe(DEFAULT_COLUMNS)
    expect(shownColumns(['src'], true)).toEqual(['src'])
    expect(linkedColumns(DEFAULT_COLUMNS)).toEqual([])
    expect(linkedColumns(['src', 'time'])).toEqual(['src', 'time'])
  })
  it('are the same on a narrow screen, in another order', () => {
    const narrow = shownColumns([], true)
    expect(narrow.slice(0, 2)).toEqual(['action', 'src'])
    expect([...narrow].sort()).toEqual([...DEFAULT_COLUMNS].sort())
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
})

describe('widths of columns', () => {
  const widthsOf = (shown: readonly RowField[], set: ColumnWidths, room: number) => columnWidths(columnLooks(shown, V4), set, room).widths
  const sum = (widths: Record<string, number>) => Object.values(widths).reduce((all, width) => all + width, SELECT_WIDTH)

  it('fill the room; growing columns get their share', () => {
    const [least, wide] = [0, 1000].map((room) => widthsOf(['time', 'rule', 'log', 'proto'], {}, room))
    expect(wide).toMatchObject({ time: least!.time, proto: least!.proto })
    expect(sum(wide!)).toBeGreaterThan(997)
    expect(sum(wide!)).toBeLessThanOrEqual(1000)
    expect(Math.abs(wide!.rule! - least!.rule! - 2 * (wide!.log! - least!.log!))).toBeLessThan(2)
  })
  it('give the names beside addresses their share of the room, where there are any', () => {
    const grown = (beside: typeof BESIDE) => {
      const looks = columnLooks(['src', 'rule'], V4, beside)
      return columnWidths(looks, {}, 1000).widths.src! - looks[0]!.width
    }
    expect(grown(BESIDE)).toBeGreaterThan(100)
    expect(grown(NOTHING_BESIDE)).toBe(0)
  })
  it('extend the last column if none grows', () => {
    const [least, wide] = [0, 1000].map((room) => widthsOf(['proto', 'time'], {}, room))
    expect(wide).toEqual({ proto: least!.proto, time: 1000 - SELECT_WIDTH - least!.proto! })
  })
  it('keep the widths that were set, even if that leaves room', () => {
    expect(widthsOf(['rule', 'time'], { rule: 90 }, 1000)).toEqual({ rule: 90, time: 1000 - SELECT_WIDTH - 90 })
    expect(widthsOf(['rule', 'time'], { rule: 90, time: 50 }, 1000)).toEqual({ rule: 90, time: 50 })
  })
  it('give of what they can spare where the room is short: names first, and never below what they need at least', () => {
    const shown = ['time', 'src', 'rule', 'log'] as const
    const looks = columnLooks(shown, { src: 25, dst: 15 }, { usual: 9, least: 3 })
    const needed = looks.reduce((all, { width }) => all + width, SELECT_WIDTH)
    expect(columnWidths(looks, {}, needed).tight).toBe(false)
    const { widths, tight } = columnWidths(looks, {}, needed - 100)
    expect(tight).toBe(true)
    expect(sum(widths)).toBeLessThanOrEqual(needed - 100)
    expect(sum(widths)).toBeGreaterThan(needed - 105)
    expect(widths.time).toBe(looks[0]!.width)
    for (const { field, least } of looks) expect(columnWidths(looks, {}, 100).widths[field]).toBe(least)
    expect(columnWidths(looks, { rule: 300 }, 100).widths.rule).toBe(300)
  })
  it('have room for the default columns beside the values of a screen of 1,440 pixels', () => {
    const looks = columnLooks(DEFAULT_COLUMNS, { src: 25, dst: 25 }, { usual: 9, least: 3 })
    const room = 1440 - 208 - 15
    expect(sum(columnWidths(looks, {}, room).widths)).toBeLessThanOrEqual(room)
  })
})
