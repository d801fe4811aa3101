import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { useAnswer } from '@/components/parts/answer/use-answer'
import { BASIS, WHOLE } from '@/components/test/answers'
import { open } from '@/components/test/page'
import type { Coverage, CoverageProblem } from '@/lib/flow/answer/answer'
import { Notices } from './notices'

const SILENT: CoverageProblem = {
  ...{ kind: 'source', source: 'a', blob: null, reason: 'source', message: 'a was not reached' },
  ...{ count: 1, offset: null, sample: null, bytes: 0 },
}

function Asks() {
  useAnswer('timeline')
  return <Notices />
}

const notice = (coverage: Coverage) => open(<Asks />, { routes: { timeline: { ...BASIS, coverage, bucketMs: 3_600_000, buckets: [] } } })

it('says that the figures come from the sources that answered', async () => {
  notice({ ...WHOLE, complete: false, problems: [SILENT] })
  expect(await screen.findByText('1 source did not answer. The figures below come from the rest.')).toBeVisible()
})

it('speaks of no rest where no source answered', async () => {
  notice({ ...WHOLE, complete: false, blobs: 0, blobsRead: 0, tuples: 0, problems: [SILENT] })
  expect(await screen.findByText('1 source did not answer. There is nothing else to answer from.')).toBeVisible()
})
