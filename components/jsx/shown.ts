import { visible } from '@/lib/flow/text/visible'

type Props = Readonly<Record<string, unknown>>

/** Elements whose content is not shown. */
const CODE = new Set<unknown>(['script', 'style'])
/** Properties that are shown or read out. */
const READ = ['aria-label', 'aria-description', 'title', 'alt'] as const

function told(children: unknown): unknown {
  if (typeof children === 'string') return visible(children)
  if (!Array.isArray(children)) return children
  const marked = children.map(told)
  return marked.some((child, i) => child !== children[i]) ? marked : children
}

/** Returns the properties of an element, with marks instead of invisible characters in its text, name and title. */
export function shown(type: unknown, props: Props): Props {
  if (CODE.has(type)) return props
  let marked = props
  const put = (name: string, value: unknown) => {
    if (value !== props[name]) marked = { ...marked, [name]: value }
  }
  put('children', told(props.children))
  for (const name of READ) {
    const text = props[name]
    // A component may use its `title` as data.
    if (typeof text === 'string' && (typeof type === 'string' || name.startsWith('aria-'))) put(name, visible(text))
  }
  return marked
}
