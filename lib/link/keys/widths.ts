import { COLUMN_FIELDS, type ColumnField, isColumnField } from '@/lib/flow/field/fields'
import { unknownField } from './field-keys'
import { type Key, readList, wrong } from './key'

/** Limits of a column's width in pixels. */
export const COLUMN_WIDTH = { least: 32, most: 1200 }

export type ColumnWidths = Readonly<Partial<Record<ColumnField, number>>>

const isWidth = (text: string) => /^\d{1,4}$/.test(text) && Number(text) >= COLUMN_WIDTH.least && Number(text) <= COLUMN_WIDTH.most

/** Columns without a width here get the width that their values need. */
export const widthsKey: Key<ColumnWidths> = {
  about: 'widths of columns in pixels, with commas: src:160,rule:300',
  initial: {},
  read: (text) => {
    const widths: Partial<Record<ColumnField, number>> = {}
    readList(text, (item, at) => {
      const [field = '', width = ''] = item.split(':')
      if (!isColumnField(field)) throw unknownField(field, COLUMN_FIELDS, at)
      if (field in widths) throw wrong(`${field} occurs twice; expected each once`, at)
      if (item !== `${field}:${width}` || !isWidth(width))
        throw wrong(`${item} is no width; expected a field, a colon and ${COLUMN_WIDTH.least} to ${COLUMN_WIDTH.most} pixels`, at)
      widths[field] = Number(width)
    })
    return widths
  },
  write: (widths) =>
    Object.entries(widths)
      .map(([field, width]) => `${field}:${width}`)
      .join(','),
}
