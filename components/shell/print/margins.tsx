'use client'

import { useEffect } from 'react'
import { formatRange } from '@/components/parts/format/time'
import { useRange } from '@/components/parts/time-range/use-range'
import { useView } from '@/components/parts/view/use-view'
import { pageRules } from './running-head'

/** Writes the margins of printed pages: where they come from, and which time they are about. */
export function Margins() {
  const { q, zone } = useView()
  const range = useRange()
  const text = range ? formatRange(range.from, range.to, zone) : ''
  useEffect(() => {
    const sheet = new CSSStyleSheet()
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
    const write = () => {
      const page = document.title === 'Flowlens' ? 'Overview' : document.title.replace(/ · Flowlens$/, '')
      sheet.replaceSync(pageRules({ page, range: text, filter: q, link: window.location.href }))
    }
    write()
    window.addEventListener('beforeprint', write)
    return () => {
      window.removeEventListener('beforeprint', write)
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet)
    }
  }, [q, text])
  return null
}
