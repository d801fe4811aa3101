import type { ElementType, Key, ReactElement } from 'react'
import { Fragment, type JSXSource, jsxDEV as make } from 'react/jsx-dev-runtime'
import { shown } from './shown'

export type { JSX } from 'react'
export { Fragment }

/** The same as `jsx-runtime.ts`, for development. */
export function jsxDEV(
  type: ElementType,
  props: Readonly<Record<string, unknown>>,
  key: Key | undefined,
  isStatic: boolean,
  source?: JSXSource,
  self?: unknown,
): ReactElement {
  return make(type, shown(type, props), key, isStatic, source, self)
}
