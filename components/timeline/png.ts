import { downloadOf } from '@/components/export/sink'
import type { Caption } from './caption'

/** Pixels of the picture for each of the page. */
const SCALE = 2
const MARGIN = 16
const LINE = 20
const MARK = 10
/** What an element of the chart takes from the style sheet, which a picture of its own does not have. */
const STYLES = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'opacity', 'vector-effect'] as const

/** The drawing alone, its styles written out; what it says is drawn apart, since a picture cannot load the fonts. */
function standalone(drawing: SVGSVGElement, width: number, height: number): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement
  const originals = drawing.querySelectorAll('*')
  copy.querySelectorAll('*').forEach((element, i) => {
    const style = getComputedStyle(originals[i]!)
    for (const name of STYLES) element.setAttribute(name, style.getPropertyValue(name))
    element.removeAttribute('class')
    element.removeAttribute('style')
  })
  for (const text of copy.querySelectorAll('text')) text.remove()
  copy.removeAttribute('style')
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  copy.setAttribute('width', String(width))
  copy.setAttribute('height', String(height))
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`
}

function fontOf(element: Element): string {
  const { fontSize, fontFamily, fontWeight } = getComputedStyle(element)
  return `${fontWeight} ${fontSize} ${fontFamily}`
}

async function drawPlot(canvas: CanvasRenderingContext2D, plot: HTMLElement, left: number, top: number): Promise<void> {
  const origin = plot.getBoundingClientRect()
  const drawings = [...plot.querySelectorAll('svg')].filter((drawing) => drawing.getBoundingClientRect().width > 0)
  const behind = (drawing: Element) => (drawing.closest('.-z-10') ? 0 : 1)
  for (const drawing of drawings.sort((a, b) => behind(a) - behind(b))) {
    const { x, y, width, height } = drawing.getBoundingClientRect()
    const image = new Image()
    image.src = standalone(drawing, width * SCALE, height * SCALE)
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

/** As much of a text as fits. */
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

/** Colours of the theme as they stand; a probe resolves them, since a token is `light-dark(…)` until it is used. */
function colorsOf(within: HTMLElement): { color: Colors; done: () => void } {
  const probe = within.appendChild(document.createElement('span'))
  const color = (token: string) => {
    probe.style.color = `var(${token})`
    return getComputedStyle(probe).color
  }
  return { color, done: () => probe.remove() }
}

/** Legend entries in lines of the picture's width. */
function drawLegend(canvas: CanvasRenderingContext2D, legend: Caption['legend'], y: number, width: number, color: Colors): number {
  let [x, line] = [MARGIN, y]
  for (const { look, text } of legend) {
    const room = MARK + 6 + canvas.measureText(text).width
    if (x > MARGIN && x + room > width - MARGIN) [x, line] = [MARGIN, line + LINE]
    drawMark(canvas, look, x, line, color)
    canvas.fillStyle = color('--color-ink')
    canvas.fillText(text, x + MARK + 6, line)
    x += room + 20
  }
  return line + LINE
}

/** Draws the chart as it is shown, under its caption, and saves it as a PNG. @throws Error when the browser cannot make the picture. */
export async function savePng(plot: HTMLElement, caption: Caption, name: string): Promise<void> {
  const { width, height } = plot.getBoundingClientRect()
  const { color, done } = colorsOf(plot)
  try {
    const full = width + 2 * MARGIN
    const room = MARGIN + LINE * (3 + caption.legend.length)
    const element = document.createElement('canvas')
    element.width = Math.round(full * SCALE)
    element.height = Math.round((room + height + MARGIN) * SCALE)
    const canvas = element.getContext('2d')
    if (canvas === null) throw new Error('the browser gave no canvas')
    canvas.scale(SCALE, SCALE)
    canvas.fillStyle = color('--color-surface')
    canvas.fillRect(0, 0, full, room + height + MARGIN)
    const font = getComputedStyle(document.body).fontFamily
    canvas.textBaseline = 'middle'
    canvas.font = `600 14px ${font}`
    canvas.fillStyle = color('--color-ink')
    canvas.fillText(fitted(canvas, caption.title, width), MARGIN, MARGIN + LINE / 2)
    canvas.font = `400 12px ${font}`
    canvas.fillStyle = color('--color-muted')
    canvas.fillText(fitted(canvas, caption.subject, width), MARGIN, MARGIN + LINE * 1.5)
    canvas.fillText(fitted(canvas, caption.basis, width), MARGIN, MARGIN + LINE * 2.5)
    const top = drawLegend(canvas, caption.legend, MARGIN + LINE * 3.5, full, color)
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
