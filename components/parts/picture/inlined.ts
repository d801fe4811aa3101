/** Style properties that a picture needs, since it has no style sheet. */
const STYLES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'opacity',
  'vector-effect',
  'paint-order',
] as const

/** Returns a standalone drawing with inlined styles. `texts` are left out if they are drawn separately. */
export function inlined(
  drawing: SVGSVGElement,
  { width, height, texts }: { width: number; height: number; texts: boolean },
): SVGSVGElement {
  const copy = drawing.cloneNode(true) as SVGSVGElement
  const originals = drawing.querySelectorAll('*')
  copy.querySelectorAll('*').forEach((element, i) => {
    const style = getComputedStyle(originals[i]!)
    for (const name of STYLES) element.setAttribute(name, style.getPropertyValue(name))
    element.removeAttribute('class')
    element.removeAttribute('style')
    element.removeAttribute('href')
  })
  if (!texts) for (const text of copy.querySelectorAll('text')) text.remove()
  copy.removeAttribute('style')
  copy.removeAttribute('class')
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  copy.setAttribute('width', String(width))
  copy.setAttribute('height', String(height))
  return copy
}
