import { expect, test } from 'vitest'
import type { ContextName } from '@/lib/flow/field/context'
import type { KeyField } from '@/lib/flow/field/fields'
import { inside } from './open-group'

test.each<[KeyField, ContextName[], KeyField | null]>([
  ['src.net', ['subnet'], 'src.subnet'],
  ['src.net', [], 'src'],
  ['dst.vnet', ['subnet', 'vnet'], 'dst.subnet'],
  ['dst.subnet', ['subnet'], 'dst'],
  ['src.country', ['country', 'org'], 'src.org'],
  ['src.country', ['country'], 'src'],
  ['src.org', ['org'], 'src'],
  ['dst.list', ['list'], 'dst'],
  ['net', ['subnet'], 'subnet'],
  ['subnet', ['subnet'], 'ip'],
  ['src16', [], 'src24'],
  ['dst24', [], 'dst'],
  ['dport', [], null],
  ['rule', [], null],
  ['src', [], null],
])('a group by %s, where files tell of %j, is opened to %s', (field, told, next) => {
  expect(inside(field, told)).toBe(next)
})
