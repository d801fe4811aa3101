'use client'

import { FolderPlus } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { LevelMark } from '@/components/parts/findings/level-mark'
import type { Story } from '@/components/parts/findings/stories'
import { formatPlural } from '@/components/parts/format/number'
import { HostLink } from '@/components/parts/host-link/host-link'
import { useCreate } from '@/components/parts/investigation/use-investigations'
import { useView } from '@/components/parts/view/use-view'
import { Whois } from '@/components/parts/whois/whois'
import { Button, buttonClass } from '@/components/ui/button'
import type { Finding } from '@/lib/flow/answer/traffic/findings'
import { FindingCard } from './finding-card'
import { findingLink } from './finding-link'

/** Longest title of an investigation, characters. */
const TITLE = 200

/** Saves the whole story as a new investigation: its text, and a link to the tuples of each finding. */
function Investigate({ story: { address, text, findings } }: { story: Story }) {
  const view = useView()
  const { mutate, data, error, isPending } = useCreate()
  if (data !== undefined)
    return (
      <Link href={`/i/${data.id}`} className={buttonClass('chosen')}>
        Open the investigation
      </Link>
    )
  const start = () =>
    mutate({
      title: `${address ?? 'Findings'}: ${text}`.slice(0, TITLE),
      note: findings.map(({ first, sentence }) => `- ${first}: ${sentence}.`).join('\n'),
      links: findings.map((finding) => findingLink(view, finding)),
    })
  return (
    <>
      {error ? (
        <span role="alert" className="text-caution">
          {error.message}
        </span>
      ) : null}
      <Button onClick={start} disabled={isPending}>
        <FolderPlus aria-hidden="true" size={13} />
        Start an investigation
      </Button>
    </>
  )
}

/** Findings about one address as one story, in order of time. */
export function StoryPanel({ story, actionsOf }: { story: Story; actionsOf?: (finding: Finding) => ReactNode }) {
  const { address, level, findings, text } = story
  const name = address ?? 'The network'
  return (
    <section aria-label={name} className="rounded-lg border border-line bg-surface">
      <header className="flex flex-wrap items-center gap-x-2.5 gap-y-1 border-b border-line px-3 py-2">
        <LevelMark level={level} />
        <h2 className="data flex items-center text-title font-semibold">
          {name}
          {address === null ? null : <HostLink address={address} />}
        </h2>
        {address === null ? null : <Whois address={address} />}
        <span className="text-muted">{formatPlural(findings.length, 'finding')}</span>
        <span className="ml-auto flex flex-wrap items-center gap-1.5">
          <Investigate story={story} />
        </span>
        {findings.length > 1 ? <p className="basis-full wrap-anywhere text-muted">{text}</p> : null}
      </header>
      <ol className="divide-y divide-line/60">
        {findings.map((finding) => (
          <FindingCard key={finding.id} finding={finding} actions={actionsOf?.(finding)} />
        ))}
      </ol>
    </section>
  )
}
