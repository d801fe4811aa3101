import { visible } from '@/lib/flow/text/visible'

/** The contents of the margins of each printed page. */
export interface Margins {
  page: string
  range: string
  filter: string
  link: string
}

function quoted(text: string): string {
  return `"${visible(text).replace(/[\\"]/g, '\\$&').replace(/\s+/g, ' ')}"`
}

/** Rules for printed pages: at the top the page and the time range, at the foot the link and the number of the page. */
export function pageRules({ page, range, filter, link }: Margins): string {
  const box = 'font: 8pt/1.3 system-ui, sans-serif; color: #4a5561; vertical-align: middle;'
  const asked = filter === '' ? '' : ` · ${filter.length > 160 ? `${filter.slice(0, 159)}…` : filter}`
  return `@page {
    margin: 16mm 10mm 18mm;
    @top-left { content: ${quoted(`Flowlens · ${page}`)}; ${box} }
    @top-right { content: ${quoted(`${range}${asked}`)}; ${box} text-align: right; width: 75%; }
    @bottom-left { content: ${quoted(link)}; ${box} width: 80%; overflow-wrap: anywhere; }
    @bottom-right { content: "Page " counter(page) " of " counter(pages); ${box} white-space: nowrap; }
  }`
}
