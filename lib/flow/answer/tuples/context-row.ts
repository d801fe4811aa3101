import { z } from 'zod'
import { count } from '@/lib/flow/answer/answer'
import { END_CONTEXT_FIELDS, type EndContextField, fieldOf } from '@/lib/flow/field/fields'

const text = z.string().nullable()

function cell(field: EndContextField) {
  const { name } = fieldOf(field).context!
  if (name === 'asn') return count.nullable()
  return name === 'tag' || name === 'list' ? z.array(z.string()) : text
}

/** The context of one end of a row in one field: null if unknown, tags and lists narrowest first. */
export type ContextCell = string | number | null | string[]

/** The context of both ends of a row; `among` lists the candidates for an ambiguous end. */
export type ContextColumns = Record<EndContextField, ContextCell> & Partial<Record<'src.among' | 'dst.among', string[]>>

/** The same as part of a row, present if the request has `context=1`. */
export const contextShape = {
  ...(Object.fromEntries(END_CONTEXT_FIELDS.map((field) => [field, cell(field).optional()])) as unknown as Record<
    EndContextField,
    z.ZodOptional<z.ZodType<ContextCell>>
  >),
  'src.among': z.array(z.string()).optional(),
  'dst.among': z.array(z.string()).optional(),
}
