import { classNames } from '@/components/ui/class-names'

/** Placeholder in the size of the content to come. */
export function Skeleton({ className }: { className: string }) {
  return <span aria-hidden="true" className={classNames('block animate-pulse rounded-sm bg-hover', className)} />
}
