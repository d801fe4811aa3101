import { isKeyField, KEY_FIELDS } from '@/lib/flow/field/fields'
import { columnsKey, namesKey, sortKey } from '@/lib/link/keys/field-keys'
import { integerKey, wordKey } from '@/lib/link/keys/key'
import { contextKey, cursorKey, PAGE_KEYS, perKey, rowKey, waitKey } from '@/lib/link/keys/keys'
import { widthsKey } from '@/lib/link/keys/widths'
import type { ViewRecord } from '@/lib/link/views/record'
import { flowOrderKey } from './flows'

const fieldsKey = namesKey({
  about: 'fields whose values are listed, with commas',
  all: KEY_FIELDS,
  isKnown: isKeyField,
  initial: ['action', 'dir', 'src', 'dport', 'proto', 'rule', 'log'],
})

/** Here, an empty text is a valid value: no field is open. */
const facetsKey = { ...fieldsKey, read: (text: string) => (text === '' ? [] : fieldsKey.read(text)) }

const keys = { sort: sortKey, limit: integerKey('rows on a page', 100, 10_000), cursor: cursorKey, wait: waitKey }

export const tuples = {
  route: {
    path: 'tuples',
    keys: { ...keys, context: contextKey },
    answer: async () => (await import('@/lib/flow/answer/tuples/tuples')).tuplesAnswer,
  },
  page: {
    path: '/explorer',
    title: 'Explorer',
    hotkey: 'g e',
    keys: {
      ...keys,
      per: perKey,
      order: flowOrderKey,
      cols: columnsKey('columns to show, with commas'),
      pins: columnsKey('pinned columns on the left, with commas'),
      widths: widthsKey,
      density: wordKey('height of rows: small, medium or large', ['s', 'm', 'l'], 's'),
      facets: facetsKey,
      row: rowKey,
      ...PAGE_KEYS,
    },
  },
} as const satisfies ViewRecord
