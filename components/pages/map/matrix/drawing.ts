import { compactCount } from '@/components/parts/format/number'
import { valueText } from '@/components/parts/format/value-text'
import type { PathsAnswer } from '@/lib/flow/answer/traffic/paths'
import type { KeyField } from '@/lib/flow/field/fields'
import type { PathMetric } from '@/lib/flow/field/metric'
import { formatBytes } from '@/lib/flow/text/bytes'
import { visible } from '@/lib/flow/text/visible'
import { cellsOf, type Node, SHADES } from './cells'

const SVG = 'http://www.w3.org/2000/svg'
const CELL = { width: 92, height: 34 }
const HEAD = { width: 190, height: 120 }
const LONGEST = 28
const FILL = { allow: 'fill-allow-fill', deny: 'fill-deny-fill' } as const

/** `classes` instead of styles, which the page's policy refuses in attributes. */
function make(name: string, classes: string, attributes: Readonly<Record<string, string | number>>, text?: string): SVGElement {
  const element = document.createElementNS(SVG, name)
  element.setAttribute('class', classes)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value))
  if (text !== undefined) element.textContent = visible(text)
  return element
}

function nameOf(node: Node, field: KeyField): string {
  const text = node.other ? 'other' : valueText(field, node.value)
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text
}

/** Puts the whole matrix into the page as a hidden drawing, until `done`: the table contains only visible cells. */
export function matrixDrawing(data: PathsAnswer, metric: PathMetric, within: HTMLElement): { element: HTMLElement; done: () => void } {
  const { rows, columns, at } = cellsOf(data, metric)
  const [down, across] = data.by.split(',') as [KeyField, KeyField]
  const width = HEAD.width + columns.length * CELL.width
  const height = HEAD.height + rows.length * CELL.height
  const drawing = make('svg', '', { width, height, viewBox: `0 0 ${width} ${height}` })
  columns.forEach((node, i) => {
    const x = HEAD.width + i * CELL.width + CELL.width / 2
    drawing.append(
      make(
        'text',
        'fill-ink',
        { 'font-size': 11, x, y: HEAD.height - 8, transform: `rotate(-35 ${x} ${HEAD.height - 8})` },
        nameOf(node, across),
      ),
    )
  })
  rows.forEach((row, r) => {
    const y = HEAD.height + r * CELL.height
    drawing.append(make('text', 'fill-ink', { 'font-size': 11, x: 0, y: y + CELL.height / 2 + 4 }, nameOf(row, down)))
    columns.forEach((_, c) => {
      const cell = at(r, c)
      const x = HEAD.width + c * CELL.width
      drawing.append(make('rect', 'fill-transparent stroke-line', { x, y, width: CELL.width, height: CELL.height }))
      if (cell === null) return
      const parts = (['allow', 'deny'] as const).filter((action) => cell[action].shade > 0)
      parts.forEach((action, i) => {
        const { value, shade, isNew } = cell[action]
        const tall = CELL.height / parts.length
        const figure = metric === 'bytes' ? formatBytes(value) : compactCount(value)
        const text = `${action === 'allow' ? 'A' : 'D'} ${isNew ? 'new ' : ''}${figure}`
        drawing.append(
          make('rect', FILL[action], { x, y: y + i * tall, width: CELL.width, height: tall, 'fill-opacity': (shade * 0.46) / SHADES }),
        )
        drawing.append(make('text', 'fill-ink', { 'font-size': 11, x: x + 4, y: y + i * tall + tall / 2 + 4 }, text))
      })
    })
  })
  const element = document.createElement('div')
  element.style.cssText = 'position: absolute; left: -100000px; top: 0; width: max-content'
  element.append(drawing)
  within.append(element)
  return { element, done: () => element.remove() }
}
