'use client'

import { ImageDown } from 'lucide-react'
import type { RefObject } from 'react'
import { useView } from '@/components/parts/view/use-view'
import { Button } from '@/components/ui/button'
import { useToast } from '@/components/ui/toaster'
import type { TimelineAnswer } from '@/lib/flow/answer/traffic/timeline'
import type { BucketMetric } from './metric'

/** Saves the chart as a picture. */
export function PngButton({
  plot,
  answer,
  metric,
}: {
  plot: RefObject<HTMLElement | null>
  answer?: TimelineAnswer
  metric: BucketMetric
}) {
  const { zone } = useView()
  const say = useToast()
  async function save() {
    if (!plot.current || !answer) return
    try {
      const [{ savePng }, { captionOf, pngName }] = await Promise.all([import('@/components/parts/picture/png'), import('./caption')])
      const name = pngName(answer)
      await savePng(plot.current, captionOf(answer, metric, zone), name)
      say(`Saved ${name}`)
    } catch (error) {
      say(`The picture was not saved: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return (
    <Button look="ghost" title="Save the chart as a picture" disabled={answer === undefined} onClick={() => void save()}>
      <ImageDown aria-hidden="true" size={14} />
      PNG
    </Button>
  )
}
