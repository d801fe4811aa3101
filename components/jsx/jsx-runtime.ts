import type { ElementType, Key, ReactElement } from 'react'
import { Fragment, jsx as one, jsxs as several } from 'react/jsx-runtime'
import { shown } from './shown'

export type { JSX } from 'react'
export { Fragment }

/** Creates every element (`jsxImportSource` in tsconfig.json), so that invisible characters in names, filters and messages are marked on every page. */
export function jsx(type: ElementType, props: Readonly<Record<string, unknown>>, key?: Key): ReactElement {
  return one(type, shown(type, props), key)
}

export function jsxs(type: ElementType, props: Readonly<Record<string, unknown>>, key?: Key): ReactElement {
  return several(type, shown(type, props), key)
}
