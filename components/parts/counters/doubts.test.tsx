import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { AskFigures, counters, FIGURES } from '@/components/test/counters'
import { linkKey, open } from '@/components/test/page'
import { asked } from '@/components/test/server'
import type { CountersAnswer } from '@/lib/flow/answer/traffic/counters'
import { DoubledBytes } from './doubled-bytes'
import { MixedBytes } from './mixed-bytes'

function Figures({ term }: { term?: string }) {
  return (
    <>
      <AskFigures />
      <MixedBytes term={term} />
      <DoubledBytes term={term} />
    </>
  )
}

const routes = (answer: CountersAnswer) => ({ ...FIGURES, counters: answer })

it('says why its figures are marked, for all to read', async () => {
  open(<Figures />, { routes: routes(counters({ nsg: 1024, vnet: 2048 })) })
  expect(await screen.findByText('NSG 1.00 KiB + VNet 2.00 KiB, not comparable')).not.toHaveClass('sr-only')
})

it('says how many bytes are in a sum twice, and deduplicates by a link', async () => {
  const { user } = open(<Figures term="ip:10.0.4.5" />, { at: '/?q=dport:22', routes: routes(counters({ vnet: 4096, repeated: 2048 })) })
  expect(await screen.findByText(/^2.00 KiB counted twice/)).toBeVisible()
  expect(
    asked.some((one) => one.startsWith('counters?') && new URLSearchParams(one.split('?')[1]).get('q') === '(dport:22) ip:10.0.4.5'),
  ).toBe(true)
  await user.click(screen.getByRole('link', { name: 'Deduplicate' }))
  expect(linkKey('once')).toBe('1')
})

it('has no doubt about deduplicated figures', async () => {
  open(<Figures />, { at: '/?once=1', routes: routes(counters({ nsg: 1024, vnet: 4096, repeated: 2048 })) })
  await screen.findByText(/not comparable/)
  expect(screen.queryByText(/counted twice/)).toBeNull()
})
