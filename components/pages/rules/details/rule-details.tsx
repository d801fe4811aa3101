'use client'

import { type RuleName, sameRule } from '@/components/pages/rules/use-open-rule'
import { Failed } from '@/components/parts/answer/failed'
import { AnswerNote } from '@/components/parts/answer/panel/answer-note'
import { useAnswer } from '@/components/parts/answer/use-answer'
import { useLogNames } from '@/components/parts/answer/use-log-names'
import { formatPlural } from '@/components/parts/format/number'
import { aclName } from '@/components/parts/format/resource'
import { decodeRule, describeRule } from '@/components/parts/format/rule'
import { formatDuration, formatRange } from '@/components/parts/format/time'
import { HoleMark } from '@/components/parts/holes/hole-mark'
import { SparkHoles } from '@/components/parts/holes/spark-holes'
import { useKey } from '@/components/parts/keys/use-key'
import { Value } from '@/components/parts/value/value'
import { useView } from '@/components/parts/view/use-view'
import { classNames } from '@/components/ui/class-names'
import { CopyButton } from '@/components/ui/copy-button'
import { DrawerSection } from '@/components/ui/drawer-section'
import { Badge } from '@/components/ui/marks/badge'
import { DirectionMark } from '@/components/ui/marks/direction-mark'
import { RowsSkeleton } from '@/components/ui/marks/rows-skeleton'
import { SplitSpark } from '@/components/ui/marks/split-spark'
import { SidePanel } from '@/components/ui/side-panel'
import type { RuleAnswer } from '@/lib/flow/answer/traffic/rule'
import { writeName } from '@/lib/link/keys/keys'
import { DetailsSide } from './details-side'

/** The raw name of the rule, its ACL, and its flow logs. */
function Names({ name, logs }: { name: RuleName; logs: RuleAnswer['logs'] | undefined }) {
  const names = useLogNames()
  return (
    <div className="px-4 pb-3">
      <p className="text-pretty text-muted">{describeRule(name.rule)}</p>
      <dl className="mt-1.5 grid grid-cols-[auto_1fr] gap-x-4 *:min-h-7 *:py-1">
        <dt className="text-muted">Logged name</dt>
        <dd className="flex min-w-0 items-center gap-1">
          <Value field="rule" value={name.rule}>
            {writeName(name.rule)}
          </Value>
          <CopyButton what="the name" text={name.rule} />
        </dd>
        <dt className="text-muted">ACL</dt>
        <dd className="min-w-0">
          <Value field="acl" value={name.acl} title={name.acl} className="inline-block max-w-full" />
          {aclName(name.acl) === name.acl ? null : <p className="data text-label text-faint wrap-anywhere">{name.acl}</p>}
        </dd>
        <dt className="text-muted">Flow logs</dt>
        <dd className="flex min-w-0 flex-wrap gap-x-3">
          {logs?.map(({ log, tuples }) => (
            <Value key={log} field="log" value={log} title={formatPlural(tuples, 'tuple')}>
              {names.get(log) ?? log}
            </Value>
          ))}
        </dd>
      </dl>
    </div>
  )
}

function Course({ data }: { data: RuleAnswer }) {
  const { zone } = useView()
  const { spark, bucketMs, view, allow, deny } = data
  const label = `${formatPlural(deny?.tuples ?? 0, 'denied tuple')}, ${formatPlural(allow?.tuples ?? 0, 'allowed tuple')}`
  return (
    <DrawerSection title="Hits over time" actions={<span className="text-label text-faint">a bar is {formatDuration(bucketMs)}</span>}>
      <div className="relative">
        <SplitSpark {...spark} label={label} />
        <SparkHoles bars={spark.allow.length} />
      </div>
      <p className="mt-1 text-label text-faint">
        denied above, allowed below; <span className="data">{formatRange(view.from, view.to, zone)}</span>
      </p>
    </DrawerSection>
  )
}

/** Details of one rule of one ACL in one direction: traffic allowed and denied, and the smallest set that would have covered it. */
export function RuleDetails({ name, onClose }: { name: RuleName; onClose: () => void }) {
  const answered = useAnswer('rule', {
    rule: writeName(name.rule),
    acl: writeName(name.acl),
    ...(name.dir === 'in' ? {} : { dir: name.dir }),
  })
  const { error, stale, retry } = answered
  const data = answered.data && sameRule(answered.data, name) ? answered.data : undefined
  const decoded = decodeRule(name.rule)
  useKey({ keys: 'Escape', does: 'close the rule', group: 'Rows' }, onClose)
  return (
    <SidePanel
      label="Open rule"
      heading={
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="data wrap-anywhere">{decoded.name}</span>
          <Badge>{decoded.kind}</Badge>
          <span className="text-label font-normal text-muted">
            <DirectionMark dir={name.dir} />
          </span>
          <AnswerNote answered={{ ...answered, data }} />
          <HoleMark brief />
        </span>
      }
      onClose={onClose}
    >
      <Names name={name} logs={data?.logs} />
      {error ? <Failed message={error.message} requestId={error.requestId} onRetry={retry} /> : null}
      {data === undefined && !error ? <RowsSkeleton rows={12} height={34} /> : null}
      {data && !error ? (
        <div aria-busy={stale} className={classNames('transition-opacity', stale && 'opacity-55')}>
          <Course data={data} />
          {data.allow ? <DetailsSide name={name} action="allow" side={data.allow} /> : null}
          {data.deny ? <DetailsSide name={name} action="deny" side={data.deny} /> : null}
          {data.allow || data.deny ? null : (
            <p className="border-t border-line px-4 py-6 text-center text-muted">
              No hits in this view: outside the range, or filtered out.
            </p>
          )}
        </div>
      ) : null}
    </SidePanel>
  )
}
