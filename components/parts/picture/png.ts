import { downloadOf } from '@/components/parts/export/sink'
import type { Caption } from './caption'
import { inlined } from './inlined'

/** Pixels of the picture for each pixel of the page. */
const SCALE = 2
const MARGIN = 16
const LINE = 20
const MARK = 10
function fontOf(element: Element): string {
  const { fontSize, fontFamily, fontWeight } = getComputedStyle(element)
  return `${fontWeight} ${fontSize} ${fontFamily}`
}

function dataOf(drawing: SVGSVGElement): string {
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(drawing))}`
}

async function drawPlot(canvas: CanvasRenderingContext2D, plot: HTMLElement, left: number, top: number): Promise<void> {
  const origin = plot.getBoundingClientRect()
  const drawings = [...plot.querySelectorAll('svg')].filter((drawing) => drawing.getBoundingClientRect().width > 0)
  const behind = (drawing: Element) => (drawing.closest('.-z-10') ? 0 : 1)
  for (const drawing of drawings.sort((a, b) => behind(a) - behind(b))) {
    const { x, y, width, height } = drawing.getBoundingClientRect()
    const image = new Image()
    image.src = dataOf(inlined(drawing, { width: width * SCALE, height: height * SCALE, texts: false }))
    await image.decode()
    canvas.drawImage(image, left + x - origin.x, top + y - origin.y, width, height)
    for (const text of drawing.querySelectorAll('text')) {
      const place = text.getBoundingClientRect()
      canvas.font = fontOf(text)
      canvas.fillStyle = getComputedStyle(text).fill
      canvas.textBaseline = 'middle'
      canvas.fillText(text.textContent ?? '', left + place.x - origin.x, top + place.y - origin.y + place.height / 2)
    }
  }
}

/** Returns the longest beginning of a text that fits. */
function fitted(canvas: CanvasRenderingContext2D, text: string, width: number): string {
  if (canvas.measureText(text).width <= width) return text
  let end = text.length
  while (end > 0 && canvas.measureText(`${text.slice(0, end)}…`).width > width) end--
  return `${text.slice(0, end)}…`
}

function drawMark(canvas: CanvasRenderingContext2D, look: Caption['legend'][number]['look'], x: number, y: number, color: Colors): void {
  canvas.fillStyle = color(look === 'noise' ? '--color-deny-soft' : `--color-${look}-fill`)
  canvas.fillRect(x, y - MARK / 2, MARK, MARK)
  if (look !== 'noise') return
  canvas.strokeStyle = color('--color-deny-fill')
  canvas.lineWidth = 2
  canvas.beginPath()
  canvas.moveTo(x, y + MARK / 2)
  canvas.lineTo(x + MARK, y - MARK / 2)
  canvas.stroke()
}

type Colors = (token: string) => string

/** Returns the current colours of the theme; a probe resolves them, since a token is `light-dark(…)` until it is used. */
function colorsOf(within: HTMLElement): { color: Colors; done: () => void } {
  const probe = within.appendChild(document.createElement('span'))
  const color = (token: string) => {
    probe.style.color = `var(${token})`
    return getComputedStyle(probe).color
  }
  return { color, done: () => probe.remove() }
}

interface Entry {
  look: Caption['legend'][number]['look']
  text: string
  x: number
  line: number
}

/** Legend entries in lines of the picture's width. */
function placeLegend(canvas: CanvasRenderingContext2D, legend: Caption['legend'], width: number): Entry[] {
  let [x, line] = [MARGIN, 0]
  return legend.map(({ look, text }) => {
    const room = MARK + 6 + canvas.measureText(text).width
    if (x > MARGIN && x + room > width - MARGIN) [x, line] = [MARGIN, line + 1]
    const entry = { look, text, x, line }
    x += room + 20
    return entry
  })
}

/**
 * Draws the contents of an element under its caption, and saves it as a PNG.
 * @throws Error if the browser cannot make the picture
 */
export async function savePng(plot: HTMLElement, caption: Caption, name: string): Promise<void> {
  const { width, height } = plot.getBoundingClientRect()
  const { color, done } = colorsOf(plot)
  try {
    const element = document.createElement('canvas')
    const canvas = element.getContext('2d')
    if (canvas === null) throw new Error('the browser gave no canvas')
    const full = width + 2 * MARGIN
    const font = getComputedStyle(document.body).fontFamily
    canvas.font = `400 12px ${font}`
    const legend = placeLegend(canvas, caption.legend, full)
    const words = [caption.title, caption.range, caption.subject, caption.basis]
    const top = MARGIN + LINE * (words.length + (legend.at(-1)?.line ?? 0) + 1.5)
    element.width = Math.round(full * SCALE)
    element.height = Math.round((top + height + MARGIN) * SCALE)
    canvas.scale(SCALE, SCALE)
    canvas.fillStyle = color('--color-surface')
    canvas.fillRect(0, 0, full, top + height + MARGIN)
    canvas.textBaseline = 'middle'
    for (const [i, text] of words.entries()) {
      canvas.font = i === 0 ? `600 14px ${font}` : `400 12px ${font}`
      canvas.fillStyle = color(i === 0 ? '--color-ink' : '--color-muted')
      canvas.fillText(fitted(canvas, text, width), MARGIN, MARGIN + LINE * (i + 0.5))
    }
    for (const { look, text, x, line } of legend) {
      const y = MARGIN + LINE * (words.length + line + 0.5)
      drawMark(canvas, look, x, y, color)
      canvas.fillStyle = color('--color-ink')
      canvas.fillText(text, x + MARK + 6, y)
    }
    await drawPlot(canvas, plot, MARGIN, top)
    const blob = await new Promise<Blob | null>((resolve) => element.toBlob(resolve, 'image/png'))
    if (blob === null) throw new Error('the browser gave no picture')
    const sink = downloadOf(name)
    await sink.write(new Uint8Array(await blob.arrayBuffer()))
    await sink.close()
  } finally {
    done()
  }
}
