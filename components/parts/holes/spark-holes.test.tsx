import { waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { BASIS } from '@/components/test/answers'
import { AskFigures, FIGURES } from '@/components/test/counters'
import { open } from '@/components/test/page'
import { SparkHoles } from './spark-holes'

function Course() {
  return (
    <div data-testid="course">
      <AskFigures />
      <SparkHoles bars={25} />
    </div>
  )
}

it('hatches the hours in which the NICs were silent, below their part of a small chart', async () => {
  const silences = [{ from: '2026-08-13T02:37:00Z', to: '2026-08-13T05:37:00Z', nics: 7, of: 7 }]
  const { getByTestId } = open(<Course />, {
    routes: { ...FIGURES, holes: { ...BASIS, cards: 7, unlisted: [], spans: [], silences } },
  })
  await waitFor(() => expect(getByTestId('course').querySelectorAll('.silence-hatched')).toHaveLength(1))
  const [band] = getByTestId('course').querySelectorAll<HTMLElement>('.silence-hatched')
  expect(band!.getAttribute('style')).toContain('left: 50.46')
})
