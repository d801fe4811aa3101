import { Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from '@/components/ui/class-names'

const TONES = {
  neutral: { box: 'border-line bg-surface', sign: 'text-muted', Icon: Info },
  caution: { box: 'border-caution-line bg-caution-soft', sign: 'text-caution', Icon: TriangleAlert },
} as const

/** Something to know before reading on. `caution` is for incomplete or uncertain data. */
export function Notice({
  tone,
  title,
  children,
  actions,
}: {
  tone: keyof typeof TONES
  title: ReactNode
  children?: ReactNode
  actions?: ReactNode
}) {
  const { box, sign, Icon } = TONES[tone]
  return (
    <div role="status" className={classNames('flex items-start gap-2.5 rounded-lg border px-3 py-2', box)}>
      <Icon aria-hidden="true" size={16} className={classNames('mt-0.5 shrink-0', sign)} />
      <div className="flex min-w-0 flex-1 flex-wrap gap-x-2.5 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <div className="font-medium">{title}</div>
          {children ? <div className="mt-0.5 text-muted">{children}</div> : null}
        </div>
        {actions ? <div className="flex shrink-0 gap-1.5">{actions}</div> : null}
      </div>
    </div>
  )
}
