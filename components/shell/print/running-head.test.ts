import { expect, it } from 'vitest'
import { pageRules } from './running-head'

it('names page, range, filter, link and page number in the margins, whatever the filter holds', () => {
  const rules = pageRules({
    page: 'Rules',
    range: '12 Aug 17:00 – 18:00',
    filter: 'rule:"a\\b\u202e"',
    link: 'https://flows/rules?last=1h',
  })
  expect(rules).toContain('@top-left { content: "Flowlens · Rules"')
  expect(rules).toContain('"12 Aug 17:00 – 18:00 · rule:\\"a\\\\b‹U+202E›\\""')
  expect(rules).toContain('@bottom-left { content: "https://flows/rules?last=1h"')
  expect(rules).toContain('counter(page) " of " counter(pages)')
})
