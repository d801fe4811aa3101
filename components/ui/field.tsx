import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names'

const LOOK = 'w-full min-w-0 rounded-md border border-line-strong bg-ground px-2 text-ink placeholder:text-faint'

/** A label over an input or a choice. */
export function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label className="flex flex-col gap-1">
      <span className="text-label text-muted">{label}</span>
      {children}
    </label>
  )
}

export function TextInput(props: ComponentProps<'input'>) {
  return <input type="text" className={`${LOOK} h-8`} {...props} />
}

export function TextArea({ className, ...props }: ComponentProps<'textarea'>) {
  return <textarea className={classNames(LOOK, 'py-1.5', className)} {...props} />
}

export function Select(props: ComponentProps<'select'>) {
  return <select className={`${LOOK} h-8`} {...props} />
}
