import type { Span } from '@/lib/flow/view/filter'

/** Covers the text field and repeats its text invisibly, with a wave under the wrong characters. */
export function MistakeMark({ text, span, scrolled }: { text: string; span: Span; scrolled: number }) {
  return (
    <div
      aria-hidden="true"
      className="data pointer-events-none absolute inset-0 overflow-hidden px-2 text-data leading-[30px] whitespace-pre text-transparent"
    >
      <div style={{ transform: `translateX(${-scrolled}px)` }}>
        {text.slice(0, span.at)}
        <mark className="bg-caution-soft/60 text-transparent underline decoration-caution decoration-wavy underline-offset-4">
          {text.slice(span.at, span.end).padEnd(span.end - span.at)}
        </mark>
      </div>
    </div>
  )
}
