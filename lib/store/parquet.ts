import { encodeThrift, type Thrift, type ThriftStruct } from './thrift'

/**
 * Writer of uncompressed, plain-encoded Parquet (https://parquet.apache.org/docs/file-format/), one data page a column chunk.
 * Type numbers are those of parquet.thrift.
 */
export const INT32 = 1
export const INT64 = 2
export const DOUBLE = 5
export const BYTE_ARRAY = 6
export const UTF8 = 0
export const TIMESTAMP_MILLIS = 9
export const UINT_16 = 12
export const UINT_64 = 14
const REQUIRED = 0
const OPTIONAL = 1
const PLAIN = 0
const RLE = 3

export interface ParquetColumn {
  name: string
  type: number
  /** ConvertedType, or null for the plain type. */
  converted: number | null
  optional?: boolean
}

const MAGIC = new TextEncoder().encode('PAR1')

export class ParquetWriter {
  private at = 0
  private rows = 0
  private readonly groups: Thrift[] = []

  constructor(
    private readonly columns: readonly ParquetColumn[],
    private readonly sink: (bytes: Uint8Array) => void,
  ) {
    this.write(MAGIC)
  }

  private write(bytes: Uint8Array): void {
    this.sink(bytes)
    this.at += bytes.length
  }

  /** One row group; `values` are the page bodies in the order of the columns, asked for one after the other. */
  group(rows: number, values: (column: number) => Uint8Array): void {
    const start = this.at
    const chunks = this.columns.map((column, i): Thrift => {
      const body = values(i)
      const begin = this.at
      const page: ThriftStruct = { 1: { i32: rows }, 2: { i32: PLAIN }, 3: { i32: RLE }, 4: { i32: RLE } }
      this.write(encodeThrift({ 1: { i32: 0 }, 2: { i32: body.length }, 3: { i32: body.length }, 5: { struct: page } }))
      this.write(body)
      const size = this.at - begin
      const meta: ThriftStruct = {
        1: { i32: column.type },
        2: { list: [{ i32: PLAIN }, { i32: RLE }] },
        3: { list: [{ text: column.name }] },
        4: { i32: 0 },
        5: { i64: rows },
        6: { i64: size },
        7: { i64: size },
        9: { i64: begin },
      }
      return { struct: { 2: { i64: begin }, 3: { struct: meta } } }
    })
    this.groups.push({ struct: { 1: { list: chunks }, 2: { i64: this.at - start }, 3: { i64: rows } } })
    this.rows += rows
  }

  /** Writes the footer; nothing may follow. */
  finish(): void {
    const schema = this.columns.map(({ name, type, converted, optional }): Thrift => {
      const element: ThriftStruct = { 1: { i32: type }, 3: { i32: optional ? OPTIONAL : REQUIRED }, 4: { text: name } }
      if (converted !== null) element[6] = { i32: converted }
      return { struct: element }
    })
    const root: Thrift = { struct: { 4: { text: 'tuples' }, 5: { i32: schema.length } } }
    const footer = encodeThrift({
      1: { i32: 1 },
      2: { list: [root, ...schema] },
      3: { i64: this.rows },
      4: { list: this.groups },
      6: { text: 'flowlens' },
    })
    this.write(footer)
    this.write(new Uint8Array(Uint32Array.of(footer.length).buffer))
    this.write(MAGIC)
  }
}
