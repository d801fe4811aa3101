import { CircleCheck, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { describeFate } from '@/components/parts/format/fate'
import { formatCount, formatPlural } from '@/components/parts/format/number'
import { ViewLink } from '@/components/parts/view/view-link'
import { classNames } from '@/components/ui/class-names'
import { allRead } from '@/lib/flow/answer/all-read'
import type { VerifyAnswer } from '@/lib/flow/answer/evidence/verify'
import { fieldOf } from '@/lib/flow/field/fields'
import { formatBytes } from '@/lib/flow/text/bytes'

/** The most entries shown in one list. */
const SHOWN = 20

function Headline({ good, children }: { good: boolean; children: ReactNode }) {
  const Sign = good ? CircleCheck : TriangleAlert
  return (
    <p className="flex items-start gap-2 font-medium">
      <Sign aria-hidden="true" size={16} className={classNames('mt-0.5 shrink-0', good ? 'text-allow' : 'text-caution')} />
      <span className="min-w-0">{children}</span>
    </p>
  )
}

function Entries<One>({ title, of, draw }: { title: string; of: readonly One[]; draw: (one: One) => ReactNode }) {
  if (of.length === 0) return null
  return (
    <section className="mt-3" aria-label={title}>
      <h3 className="text-label font-semibold text-muted">
        {title}
        {of.length > SHOWN ? `, ${SHOWN} of ${formatCount(of.length)}` : ''}
      </h3>
      <ul className="mt-1 flex flex-col gap-1.5">
        {of.slice(0, SHOWN).map((one, i) => (
          <li key={i} className="text-label wrap-anywhere">
            {draw(one)}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Name({ children }: { children: string }) {
  return <span className="data text-ink">{children}</span>
}

function aboutRows({ checked, matches, rows }: VerifyAnswer): string {
  if (rows === 0) return 'There is no row in this view to check.'
  if (matches === checked)
    return `${checked === 1 ? 'The row' : `All ${formatCount(checked)} rows`} that were checked match the bytes in storage.`
  return `${formatCount(matches)} of ${formatPlural(checked, 'row')} that were checked match the bytes in storage.`
}

function aboutPieces({ pieces, matches, blobs }: NonNullable<VerifyAnswer['pieces']>): string {
  const what = formatPlural(blobs, 'blob')
  if (matches === pieces) return `Every counted byte of ${what} has the SHA-256 that it was counted with.`
  return `${formatCount(matches)} of ${formatPlural(pieces, 'piece')} of ${what} have the SHA-256 that they were counted with.`
}

/** The result of a check, with the blobs named. */
export function VerifyResult({ answer }: { answer: VerifyAnswer }) {
  const { differences, gone, changed, failed, pieces, coverage } = answer
  return (
    <div className="flex flex-col">
      <div role="status" className="flex flex-col gap-1.5">
        <Headline good={answer.matches === answer.checked}>{aboutRows(answer)}</Headline>
        {pieces === null ? null : <Headline good={pieces.matches === pieces.pieces}>{aboutPieces(pieces)}</Headline>}
      </div>
      <p className="mt-1 pl-6 text-label text-muted">
        {formatPlural(answer.rows, 'row')} in the view; {formatBytes(answer.bytesRead)} read from storage.
        {allRead(coverage) ? null : ' The range was not read completely, or storage has grown; only counted data was checked.'}
      </p>
      <Entries
        title="Rows that differ"
        of={differences}
        draw={({ id, blob, offset, why, fields }) => (
          <>
            <ViewLink patch={{ row: id }} className="text-accent hover:underline">
              Byte {formatCount(offset)}
            </ViewLink>{' '}
            of <Name>{blob}</Name>:{' '}
            {why === 'missing' ? 'no tuple begins there any more' : `${fields.map((field) => fieldOf(field).label).join(', ')} differ`}
          </>
        )}
      />
      <Entries
        title="Blobs that are gone"
        of={gone}
        draw={({ blob, rows }) => (
          <>
            <Name>{blob}</Name>: {formatPlural(rows, 'checked row')} came from it
          </>
        )}
      />
      <Entries
        title="Bytes that differ"
        of={pieces?.differences ?? []}
        draw={({ blob, from, to }) => (
          <>
            Bytes {formatCount(from)} to {formatCount(to)} of <Name>{blob}</Name>
          </>
        )}
      />
      <Entries
        title="Blobs changed since they were counted"
        of={changed}
        draw={({ blob, fate }) => (
          <>
            <Name>{blob}</Name>: {describeFate(fate)}
          </>
        )}
      />
      <Entries
        title="Blobs that could not be read"
        of={failed}
        draw={({ blob, message }) => (
          <>
            <Name>{blob}</Name>: {message}
          </>
        )}
      />
    </div>
  )
}
