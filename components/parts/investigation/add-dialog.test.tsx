import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { useAnswer } from '@/components/parts/answer/use-answer'
import { BASIS } from '@/components/test/answers'
import { open } from '@/components/test/page'
import type { RuleAnswer } from '@/lib/flow/answer/rule'
import { AddButton } from './add-button'

const ACL = '/subscriptions/s/networkSecurityGroups/web-nsg'
const END = { total: 0, public: 0, rows: [], cover: { prefixes: [], exact: true } }
const SIDE = {
  ...{ tuples: 639, flows: 9, bytes: 1_048_576, packets: 2, first: BASIS.view.from, last: BASIS.view.to },
  ...{ sources: END, destinations: END, ports: { total: 0, rows: [], cover: [] } },
}
const RULE: RuleAnswer = {
  ...BASIS,
  ...{
    rule: 'UserRule_Rdp',
    acl: ACL,
    kind: 'user',
    dir: 'in',
    logs: [],
    bucketMs: 1,
    spark: { allow: [], deny: [] },
    allow: SIDE,
    deny: null,
  },
}

function Asks() {
  const { data } = useAnswer('rule', { rule: 'UserRule_Rdp', acl: ACL })
  return <p>{data?.rule}</p>
}

it('is labelled with what the panel shows: the rule, its ACL, its tuples and its bytes', async () => {
  const { user } = open(
    <>
      <Asks />
      <AddButton />
    </>,
    { at: `/rules?rule=UserRule_Rdp&acl=${ACL}`, routes: { rule: RULE } },
  )
  await screen.findByText('UserRule_Rdp')
  await user.click(screen.getByRole('button', { name: /Add to investigation/ }))
  expect(await screen.findByRole('textbox', { name: 'Label of the link' })).toHaveValue(
    'Rule Rdp of web-nsg, inbound: 639 tuples, 1.00 MiB',
  )
})
