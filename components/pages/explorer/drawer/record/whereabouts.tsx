import { formatCount } from '@/components/parts/format/number'
import { CopyButton } from '@/components/ui/copy-button'
import { Notice } from '@/components/ui/states/notice'
import type { RawAnswer } from '@/lib/flow/answer/tuples/raw'
import { formatBytes } from '@/lib/flow/text/bytes'

/** The storage location of a tuple. */
export function Whereabouts({ raw }: { raw: RawAnswer }) {
  const places: readonly (readonly [string, string, string])[] = [
    ['Source', raw.source, 'the source'],
    ['Container', raw.container, 'the container'],
    ['Blob', raw.blob, 'the blob name'],
    ['ETag', raw.etag, 'the ETag'],
    ['Byte', `${formatCount(raw.offset)}, ${formatCount(raw.length)} long`, 'the byte offset'],
    ['Record', `at byte ${formatCount(raw.record.offset)}, ${formatBytes(raw.record.length)}`, 'the record’s byte offset'],
  ]
  const copied: Readonly<Record<string, string>> = { Byte: String(raw.offset), Record: String(raw.record.offset) }
  return (
    <>
      <dl className="grid grid-cols-[auto_1fr_auto] gap-x-4">
        {places
          .filter(([, value]) => value !== '')
          .map(([name, value, what]) => (
            <div key={name} className="col-span-3 grid min-h-7 grid-cols-subgrid items-start">
              <dt className="text-label/7 text-muted">{name}</dt>
              <dd className="data py-1 text-label leading-5 wrap-anywhere">{value}</dd>
              <dd>
                <CopyButton what={what} text={copied[name] ?? value} />
              </dd>
            </div>
          ))}
      </dl>
      {raw.copies.length === 0 ? null : (
        <div className="mt-1.5">
          <Notice tone="caution" title="This record is stored more than once">
            <p>An identical record is also in</p>
            <ul>
              {raw.copies.map(({ source, container, blob, offset }) => (
                <li key={`${source} ${container} ${blob} ${offset}`} className="data wrap-anywhere">
                  {[source, container, blob].filter((part) => part !== '').join(' / ')}, at byte {formatCount(offset)}
                </li>
              ))}
            </ul>
            <p>Deduplicate counts only one of them.</p>
          </Notice>
        </div>
      )}
      {raw.etagNow === null || raw.etagNow === raw.etag ? null : (
        <div className="mt-1.5">
          <Notice tone="caution" title="The blob has changed since it was read">
            Azure appends to a blob all through its hour. Its ETag is now <span className="data wrap-anywhere">{raw.etagNow}</span>; the
            line above was read again at the same byte just now.
          </Notice>
        </div>
      )}
    </>
  )
}
