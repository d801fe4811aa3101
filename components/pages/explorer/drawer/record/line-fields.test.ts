import { expect, it } from 'vitest'
import { FORMATS } from '@/lib/flow/tuple/tuple'
import { lineFields } from './line-fields'

const V1 = '1513120000,203.0.113.5,10.0.0.4,41234,3389,T,I,D'
const V2 = '1639372405,203.0.113.5,10.0.0.4,41234,3389,T,I,A,C,19,153863,22,6884'
const VNET = '1723481866007,2001:db8::1,10.0.0.4,41234,443,6,O,B,NX,,,,'

it('names the pieces of each layout', () => {
  const names = (line: string, format: (typeof FORMATS)[number]) => lineFields(line, format).map(({ field }) => field)
  expect(names(V1, 'nsg-v1')).toEqual(['time', 'src', 'dst', 'sport', 'dport', 'proto', 'dir', 'action'])
  expect(names(V2, 'nsg-v2').slice(6)).toEqual(['dir', 'action', 'state', 'packetsSent', 'bytesSent', 'packetsReceived', 'bytesReceived'])
  expect(names(VNET, 'vnet-v4').slice(6, 9)).toEqual(['dir', 'state', 'enc'])
  expect(names(VNET, 'vnet-v4')).toHaveLength(13)
})

it.each(FORMATS)('gives the position of every piece (%s)', (format) => {
  for (const line of [V1, V2, VNET, '', ',', 'a,,b']) {
    const pieces = lineFields(line, format)
    expect(pieces.map(({ at, end }) => line.slice(at, end)).join(',')).toBe(line)
    for (const { text, at, end } of pieces) expect(line.slice(at, end)).toBe(text)
  }
})

it('keeps pieces beyond the layout', () => {
  expect(lineFields(`${V1},x`, 'nsg-v1').at(-1)).toMatchObject({ field: null, text: 'x' })
  expect(lineFields(V2, null)[6]).toMatchObject({ field: null, text: 'I' })
})
