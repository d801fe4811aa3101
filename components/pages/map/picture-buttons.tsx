'use client'

import { ImageDown } from 'lucide-react'
import type { RefObject } from 'react'
import { useView } from '@/components/parts/view/use-view'
import { Button } from '@/components/ui/button'
import { useToast } from '@/components/ui/toaster'
import type { PathsAnswer } from '@/lib/flow/answer/traffic/paths'
import type { PathMetric } from '@/lib/flow/field/metric'

const KINDS = ['png', 'svg'] as const

/** Saves the drawing as a picture. */
export function PictureButtons({
  plot,
  answer,
  metric,
  isMatrix,
}: {
  plot: RefObject<HTMLElement | null>
  answer: PathsAnswer | undefined
  metric: PathMetric
  isMatrix: boolean
}) {
  const { zone } = useView()
  const say = useToast()
  async function save(kind: (typeof KINDS)[number]) {
    if (!plot.current || !answer) return
    try {
      const { captionOf, nameOf } = await import('./caption')
      const name = nameOf(answer, kind)
      const caption = captionOf(answer, metric, zone)
      const drawn = isMatrix
        ? (await import('./matrix/drawing')).matrixDrawing(answer, metric, plot.current.parentElement!)
        : { element: plot.current, done: () => {} }
      try {
        if (kind === 'png') await (await import('@/components/parts/picture/png')).savePng(drawn.element, caption, name)
        else await (await import('@/components/parts/picture/svg')).saveSvg(drawn.element, caption, name)
      } finally {
        drawn.done()
      }
      say(`Saved ${name}`)
    } catch (error) {
      say(`The picture was not saved: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return (
    <div className="flex print:hidden">
      {KINDS.map((kind) => (
        <Button
          key={kind}
          look="ghost"
          title={`Save what is drawn as ${kind.toUpperCase()}`}
          disabled={answer === undefined}
          onClick={() => void save(kind)}
        >
          {kind === 'png' ? <ImageDown aria-hidden="true" size={14} /> : null}
          {kind.toUpperCase()}
        </Button>
      ))}
    </div>
  )
}
