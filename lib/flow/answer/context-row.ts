import { z } from 'zod'
import { END_CONTEXT_FIELDS, type EndContextField, fieldOf } from '@/lib/flow/fields'
import { count } from './answer'

const text = z.string().nullable()

function cell(field: EndContextField) {
  const { name } = fieldOf(field).context!
  if (name === 'asn') return count.nullable()
  return name === 'tag' || name === 'list' ? z.array(z.string()) : text
}

/** What context tells of one end of a row: null where nothing is known, tags and lists narrowest first. */
export type ContextCell = string | number | null | string[]

/** What context tells of both ends of a row; `among` names what an ambiguous end could be. */
export type ContextColumns = Record<EndContextField, ContextCell> & Partial<Record<'src.among' | 'dst.among', string[]>>

/** The same as part of a row that was asked for with `context=1`. */
export const contextShape = {
  ...(Object.fromEntries(END_CONTEXT_FIELDS.map((field) => [field, cell(field).optional()])) as unknown as Record<
    EndContextField,
    z.ZodOptional<z.ZodType<ContextCell>>
  >),
  'src.among': z.array(z.string()).optional(),
  'dst.among': z.array(z.string()).optional(),
}
