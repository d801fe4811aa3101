/** Characters shown before the mistake. */
const BEFORE = 36
const AFTER = 24

/** The filter around the mistake, with a caret under the character, and what was expected there. */
export function FilterMistake({ id, text, at, message }: { id: string; text: string; at: number; message: string }) {
  const start = Math.max(0, at - BEFORE)
  const head = `${start > 0 ? '…' : ''}${text.slice(start, at)}`
  const tail = `${text.slice(at + 1, at + 1 + AFTER)}${at + 1 + AFTER < text.length ? '…' : ''}`
  return (
    <div id={id} role="alert" className="mt-2 mb-1 min-w-0">
      <pre className="data overflow-x-auto text-data leading-5">
        <span className="text-muted">{head}</span>
        <span className="bg-deny-soft text-deny">{text[at] ?? ' '}</span>
        <span className="text-muted">{tail}</span>
        {'\n'}
        <span aria-hidden="true" className="text-deny">
          {`${' '.repeat(head.length)}^`}
        </span>
      </pre>
      <p className="text-deny wrap-anywhere">{message}</p>
      <p className="text-label text-muted">Nothing is asked until the filter is understood.</p>
    </div>
  )
}
