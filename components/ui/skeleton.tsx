import { classNames } from './class-names'

/** Stands where something will come, in its size. */
export function Skeleton({ className }: { className: string }) {
  return <span aria-hidden="true" className={classNames('block animate-pulse rounded-sm bg-hover', className)} />
}
