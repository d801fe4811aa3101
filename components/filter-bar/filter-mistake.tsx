/** Characters shown before the mistake. */
const BEFORE = 36
const AFTER = 24

/** The filter around the mistake, with a caret under the character, and what was expected there. */
export function FilterMistake({ id, text, at, message }: { id: string; text: string; at: number; message: string }) {
  const start = Math.max(0, at - BEFORE)
  const head = `${start > 0 ? '…' : ''}${text.slice(start, at)}`
  const tail = `${text.slice(at + 1, at + 1 + AFTER)}${at + 1 + AFTER < text.length ? '…' : ''}`
  return (
    <div id={id} role="alert" className="mt-1 mb-1 min-w-0 pl-[31px]">
      <pre className="data overflow-x-auto text-data leading-5">
        <span className="text-muted">{head}</span>
        <span className="bg-caution-soft text-caution">{text[at] ?? ' '}</span>
        <span className="text-muted">{tail}</span>
        {'\n'}
        <span aria-hidden="true" className="text-caution">
          {`${' '.repeat(head.length)}^`}
        </span>
      </pre>
      <p className="text-caution wrap-anywhere">{message}</p>
      <p className="text-label text-muted">Nothing is asked until the filter is understood.</p>
    </div>
  )
}
