import { downloadOf } from '@/components/parts/export/sink'
import { visible } from '@/lib/flow/text/visible'
import type { Caption } from './caption'
import { inlined } from './inlined'

const SVG = 'http://www.w3.org/2000/svg'
const MARGIN = 16
const LINE = 20

function textOf(text: string, y: number, size: number): SVGTextElement {
  const element = document.createElementNS(SVG, 'text')
  element.textContent = visible(text)
  for (const [name, value] of Object.entries({ x: MARGIN, y, 'font-size': size, fill: 'currentColor' }))
    element.setAttribute(name, String(value))
  return element
}

/**
 * Saves the first drawing in an element under its caption as a standalone SVG.
 * @throws Error if there is no drawing
 */
export async function saveSvg(plot: HTMLElement, caption: Caption, name: string): Promise<void> {
  const drawing = plot.querySelector('svg')
  if (drawing === null) throw new Error('nothing is drawn')
  const { width, height } = drawing.getBoundingClientRect()
  const { color, backgroundColor, fontFamily } = getComputedStyle(plot.closest('section') ?? plot)
  const words = [caption.title, caption.range, caption.subject, caption.basis, caption.legend.map(({ text }) => text).join(' · ')]
  const top = MARGIN + LINE * (words.length + 0.5)
  const [full, tall] = [width + 2 * MARGIN, top + height + MARGIN]
  const picture = document.createElementNS(SVG, 'svg')
  for (const [key, value] of Object.entries({
    xmlns: SVG,
    width: full,
    height: tall,
    viewBox: `0 0 ${full} ${tall}`,
    'font-family': fontFamily,
    color,
  }))
    picture.setAttribute(key, String(value))
  const ground = document.createElementNS(SVG, 'rect')
  for (const [key, value] of Object.entries({ width: full, height: tall, fill: backgroundColor })) ground.setAttribute(key, String(value))
  const own = inlined(drawing, { width, height, texts: true })
  own.setAttribute('x', String(MARGIN))
  own.setAttribute('y', String(top))
  picture.append(ground, ...words.map((text, i) => textOf(text, MARGIN + LINE * (i + 0.7), i === 0 ? 14 : 12)), own)
  const sink = downloadOf(name)
  await sink.write(new TextEncoder().encode(new XMLSerializer().serializeToString(picture)))
  await sink.close()
}
