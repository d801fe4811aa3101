'use client'

import { useRef } from 'react'
import { AnswerPanel } from '@/components/parts/answer/panel/answer-panel'
import { useAnswer } from '@/components/parts/answer/use-answer'
import { useLogNames } from '@/components/parts/answer/use-log-names'
import { Marked } from '@/components/parts/baseline/marks'
import { WhatIsNew } from '@/components/parts/baseline/what-is-new'
import { Configured } from '@/components/parts/configured/configured'
import { DoubledBytes } from '@/components/parts/counters/doubled-bytes'
import { formatCount, formatPlural } from '@/components/parts/format/number'
import { decodeRule } from '@/components/parts/format/rule'
import { HoleMark } from '@/components/parts/holes/hole-mark'
import { useRowKeys } from '@/components/parts/keys/use-row-keys'
import { RULE_KEY } from '@/components/parts/rules/rule-key'
import { ExportTable } from '@/components/parts/table/export-table'
import { useOptions } from '@/components/parts/view/use-options'
import { useView } from '@/components/parts/view/use-view'
import { classNames } from '@/components/ui/class-names'
import { RowsSkeleton } from '@/components/ui/marks/rows-skeleton'
import { Segmented } from '@/components/ui/segmented'
import type { RulesAnswer } from '@/lib/flow/answer/traffic/rules'
import { RULE_KINDS } from '@/lib/flow/tuple/rule-kind'
import { RuleDetails } from './details/rule-details'
import { ListHead } from './list-head'
import { ListSection } from './list-section'
import { Ranking } from './ranking'
import { flatOf, kindsOf, sectionsOf } from './sections'
import { type RuleName, useOpenRule } from './use-open-rule'
import { WhichAcl } from './which-acl'

/** Buckets of a rule's sparkline. */
const SPARK = '48'

const SHAPES = [
  { value: 'by-acl', label: 'by ACL', about: 'under each flow log and ACL' },
  { value: 'flat', label: 'ranking', about: 'all rules in one order, with bytes, internet addresses and what they cover' },
] as const

/** A choice of rule kinds: those that occur, and the one in the link. */
function KindSwitch({ rows }: { rows: RulesAnswer['rows'] }) {
  const { go } = useView()
  const { options, patch } = useOptions('rules')
  const found = kindsOf(rows, RULE_KINDS)
  const kinds = RULE_KINDS.filter((kind) => found.includes(kind) || kind === options.kind)
  return (
    <div className="max-w-full overflow-x-auto">
      <Segmented
        label="Kind of rules"
        choices={(['all', ...kinds] as const).map((value) => ({ value, label: value }))}
        value={options.kind}
        onChange={(kind) => go(patch({ kind }))}
      />
    </div>
  )
}

function RuleList({ data }: { data: RulesAnswer }) {
  const { options } = useOptions('rules')
  const table = useRef<HTMLTableElement>(null)
  useRowKeys(table)
  const names = useLogNames()
  const sections = sectionsOf(data.rows, options.kind, options.sort)
  const flat = flatOf(data.rows, options.kind, options.sort)
  const shown = options.flat ? flat.length : sections.reduce((sum, { rows }) => sum + rows.length, 0)
  const acls = formatPlural(new Set(sections.map(({ acl }) => acl)).size, 'ACL')
  const logs = formatPlural(new Set(sections.map(({ log }) => log)).size, 'flow log')
  return (
    <div className="@container">
      <p className="px-3 py-2 text-label text-muted">
        <span className="data text-ink">
          {shown === data.rows.length ? formatCount(shown) : `${formatCount(shown)} of ${formatCount(data.rows.length)}`}
        </span>{' '}
        rules of {acls}
        {options.flat ? '' : ` in ${logs}`}. Rules without hits are in no flow log, so they are not listed.
        {options.flat ? (
          <>
            {' '}
            <DoubledBytes />
          </>
        ) : null}
      </p>
      {shown === 0 ? (
        <p className="border-t border-line px-3 py-6 text-center text-muted">No {options.kind} rule has hits in this view.</p>
      ) : (
        <Marked by={RULE_KEY} keys={flat.map(({ rule, acl }) => [rule, acl])}>
          {options.flat ? (
            <Ranking rows={flat} from={data.view.from} />
          ) : (
            <table ref={table} className="w-full">
              <ListHead from={data.view.from} />
              {sections.map((section) => (
                <ListSection key={`${section.log} ${section.acl}`} section={section} logName={names.get(section.log) ?? section.log} />
              ))}
            </table>
          )}
        </Marked>
      )}
    </div>
  )
}

/** Returns the rules with that name, as logged or as shown, each once however many logs have it. */
function named(rows: RulesAnswer['rows'], name: string): RuleName[] {
  const own = rows.filter(({ rule }) => rule === name || decodeRule(rule).name === name).map(({ rule, acl, dir }) => ({ rule, acl, dir }))
  return [...new Map(own.map((one) => [`${one.rule} ${one.acl.toLowerCase()} ${one.dir}`, one])).values()]
}

const FIELDS = [
  ['rule', 'Rules'],
  ['acl', 'ACLs'],
  ['dport', 'Ports'],
  ['src', 'Sources'],
] as const

function RulesAndDetails() {
  const { go } = useView()
  const { open, patchTo } = useOpenRule()
  const { options, patch } = useOptions('rules')
  const answered = useAnswer('rules', options.flat ? {} : { per: 'log', spark: SPARK })
  const listed = flatOf(answered.data?.rows ?? [], options.kind, options.sort)
  const unnamed = options.rule !== null && options.acl === null
  const found = unnamed ? named(answered.data?.rows ?? [], options.rule!) : []
  const shown = open ?? (found.length === 1 ? found[0]! : null)
  return (
    <div className="mt-2 flex min-h-120 grow basis-0 border-t border-line">
      <h1 className="sr-only">Rules</h1>
      <div className={classNames('relative min-w-0 flex-1 overflow-y-auto p-3 sm:px-4', shown !== null && 'print:hidden!')}>
        {unnamed && answered.data && found.length !== 1 ? (
          <div className="mb-3">
            <WhichAcl rule={options.rule!} found={found} />
          </div>
        ) : null}
        <AnswerPanel
          title={options.flat ? 'All rules' : 'Rules by flow log and ACL'}
          answered={answered}
          mark={<HoleMark brief />}
          actions={
            <>
              <Segmented
                label="Rules as"
                choices={SHAPES}
                value={options.flat ? 'flat' : 'by-acl'}
                onChange={(shape) => go(patch({ flat: shape === 'flat' }))}
              />
              <KindSwitch rows={answered.data?.rows ?? []} />
              <ExportTable sheets={[{ name: 'rules', total: listed.length, load: () => listed }]} />
            </>
          }
          isEmpty={({ rows }) => rows.length === 0}
          skeleton={<RowsSkeleton rows={14} height={43} head />}
        >
          {(data) => <RuleList data={data} />}
        </AnswerPanel>
        <div className="mt-3">
          <WhatIsNew fields={FIELDS} baseline={options.baseline} onBaseline={(baseline) => go(patch({ baseline }))} />
        </div>
      </div>
      {shown ? <RuleDetails name={shown} onClose={() => go(patchTo(null))} /> : null}
    </div>
  )
}

/** The decisions of every rule, by flow log and ACL, and the details of the open one. */
export function RulesPage() {
  return (
    <Configured>
      <RulesAndDetails />
    </Configured>
  )
}
