'use client'

import { useLoad } from '@/components/parts/answer/load/load-provider'

/** A thin line that fills while the range is read; it takes no room. */
export function ProgressLine() {
  const { phase, progress } = useLoad()
  if (phase !== 'reading' || progress === null || progress.bytes === 0) return null
  const share = Math.min(1, progress.bytesRead / progress.bytes)
  return (
    <div
      role="progressbar"
      aria-label="Reading the range"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
      className="absolute inset-x-0 -mt-px h-0.5 bg-line"
    >
      <div className="h-full origin-left bg-accent transition-transform" style={{ transform: `scaleX(${share})` }} />
    </div>
  )
}
