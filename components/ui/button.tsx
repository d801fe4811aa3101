import type { ComponentProps } from 'react'
import { classNames } from './class-names'

const LOOKS = {
  plain: 'border border-line bg-surface hover:bg-hover hover:border-line-strong text-ink',
  ghost: 'text-muted hover:bg-hover hover:text-ink',
  chosen: 'border border-accent bg-accent-soft text-accent',
  primary: 'bg-accent-fill text-on-accent hover:brightness-110',
} as const

export type ButtonLook = keyof typeof LOOKS

/** The class of a button, for links that look like one. */
export function buttonClass(look: ButtonLook = 'plain', icon = false): string {
  return classNames(
    'inline-flex h-7 shrink-0 items-center justify-center gap-1.5 rounded-md text-label font-medium whitespace-nowrap select-none transition-colors disabled:opacity-50 print:hidden',
    icon ? 'w-7' : 'px-2.5',
    LOOKS[look],
  )
}

export function Button({ look = 'plain', className, ...rest }: ComponentProps<'button'> & { look?: ButtonLook }) {
  return <button type="button" className={classNames(buttonClass(look), className)} {...rest} />
}

/** A square button with only an icon in it; `label` is its name and its tooltip. */
export function IconButton({
  label,
  look = 'ghost',
  className,
  ...rest
}: Omit<ComponentProps<'button'>, 'aria-label'> & { label: string; look?: ButtonLook }) {
  return <button type="button" aria-label={label} title={label} className={classNames(buttonClass(look, true), className)} {...rest} />
}
