'use client'

import { Dialog } from '@/components/ui/dialog'
import { Kbd } from '@/components/ui/marks/kbd'
import { KEY_GROUPS, keyCaps, type PressedKey } from './key'

/** The keys by group, without empty groups and duplicates. */
function grouped(keys: readonly PressedKey[]): { group: string; keys: PressedKey[] }[] {
  const once = new Map(keys.map((key) => [`${key.keys} ${key.does}`, key]))
  return KEY_GROUPS.map((group) => ({ group, keys: [...once.values()].filter((key) => key.group === group) })).filter(
    ({ keys: own }) => own.length > 0,
  )
}

function Group({ group, keys }: { group: string; keys: readonly PressedKey[] }) {
  return (
    <section aria-label={group} className="break-inside-avoid pb-4">
      <h3 className="mb-1 text-label text-muted">{group}</h3>
      <dl className="grid grid-cols-[112px_1fr] gap-y-1.5">
        {keys.map(({ keys: pressed, does }) => (
          <div key={`${pressed} ${does}`} className="contents">
            <dt className="flex gap-1">
              {keyCaps(pressed).map((cap) => (
                <Kbd key={cap}>{cap}</Kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

export function KeysDialog({ keys, onClose }: { keys: readonly PressedKey[]; onClose: () => void }) {
  return (
    <Dialog title="Keys on this page" wide onClose={onClose}>
      <div className="gap-x-8 sm:columns-2">
        {grouped(keys).map((group) => (
          <Group key={group.group} {...group} />
        ))}
      </div>
    </Dialog>
  )
}
