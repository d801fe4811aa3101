import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { BASIS } from '@/components/test/answers'
import { open } from '@/components/test/page'
import { HoleMark } from './hole-mark'

it('lists the hours in which all NICs were silent', async () => {
  const silences = [{ from: '2026-08-13T12:00:00Z', to: '2026-08-13T14:00:00Z', nics: 7, of: 7 }]
  const { user } = open(<HoleMark />, {
    routes: { timeline: { ...BASIS, bucketMs: 60_000, buckets: [] }, holes: { ...BASIS, cards: 7, unlisted: [], spans: [], silences } },
  })
  await user.click(await screen.findByRole('button', { name: '2 hours without blobs' }))
  const link = await screen.findByRole('link', { name: /13 Aug 2026 12:00:00 – 14:00:00 UTC|13 Aug 2026 12:00 – 14:00 UTC/ })
  expect(link).toHaveTextContent('no blobs, 7 of 7 NICs that wrote before and after')
})
