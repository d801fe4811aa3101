import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { VIEW } from '@/components/test/answers'
import { baselineRoutes } from '@/components/test/baseline'
import { open } from '@/components/test/page'
import { NoveltyNotice } from './novelty-notice'

it('says with how much of the longest baseline a filter for what is new compares', async () => {
  open(<NoveltyNotice />, {
    at: `/?from=${VIEW.from}&to=${VIEW.to}&q=new:src%2Bdport@1d or new:dst@2h`,
    routes: baselineRoutes({ now: {}, before: {} }, () => false),
  })
  expect(await screen.findByText(/the logs cover/)).toHaveTextContent(
    'Baseline 11 Aug 2026 14:37 – 12 Aug 14:37 UTC: the logs cover 1 of 25 hours.',
  )
})
