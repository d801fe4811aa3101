import { encodeThrift, type Thrift, type ThriftStruct } from './thrift'

/** Writer of uncompressed Parquet (https://parquet.apache.org/docs/file-format/), one data page per column chunk. Type numbers are those of parquet.thrift. */
export const INT32 = 1
export const INT64 = 2
export const UINT_16 = 12
export const UINT_32 = 13
export const UINT_64 = 14
const REQUIRED = 0
const PLAIN = 0
const RLE = 3
export const DELTA_BINARY_PACKED = 5
const RLE_DICTIONARY = 8
const DATA_PAGE = 0
const DICTIONARY_PAGE = 2

export interface ParquetColumn {
  name: string
  type: number
  /** ConvertedType, or null for the plain type. */
  converted: number | null
}

/** The values of one column in one row group. */
export interface ParquetChunk {
  /** Body of the data page: plain values, or, with a dictionary, its bit width and hybrid-encoded indices. */
  body: Uint8Array
  /** Encoding of the body, if it is neither. */
  encoding?: number
  /** Plain values that the indices refer to. */
  dictionary?: { values: Uint8Array; entries: number }
  /** Minimum and maximum value, both plain. */
  range?: { min: Uint8Array; max: Uint8Array }
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

  private page(type: number, header: ThriftStruct, body: Uint8Array): number {
    const begin = this.at
    this.write(encodeThrift({ 1: { i32: type }, 2: { i32: body.length }, 3: { i32: body.length }, ...header }))
    this.write(body)
    return begin
  }

  private chunk(
    column: ParquetColumn,
    rows: number,
    { body, dictionary, encoding = dictionary ? RLE_DICTIONARY : PLAIN, range }: ParquetChunk,
  ): Thrift {
    const begin = this.at
    if (dictionary) this.page(DICTIONARY_PAGE, { 7: { struct: { 1: { i32: dictionary.entries }, 2: { i32: PLAIN } } } }, dictionary.values)
    const data = this.page(DATA_PAGE, { 5: { struct: { 1: { i32: rows }, 2: { i32: encoding }, 3: { i32: RLE }, 4: { i32: RLE } } } }, body)
    const meta: ThriftStruct = {
      1: { i32: column.type },
      2: { list: [...new Set([PLAIN, RLE, encoding])].map((i32) => ({ i32 })) },
      3: { list: [{ text: column.name }] },
      4: { i32: 0 },
      5: { i64: rows },
      6: { i64: this.at - begin },
      7: { i64: this.at - begin },
      9: { i64: data },
    }
    if (dictionary) meta[11] = { i64: begin }
    if (range) meta[12] = { struct: { 5: { bytes: range.max }, 6: { bytes: range.min } } }
    return { struct: { 2: { i64: begin }, 3: { struct: meta } } }
  }

  /** Writes one row group; `values` returns the chunks and is called in the order of the columns. */
  group(rows: number, values: (column: number) => ParquetChunk): void {
    const start = this.at
    const chunks = this.columns.map((column, i) => this.chunk(column, rows, values(i)))
    this.groups.push({ struct: { 1: { list: chunks }, 2: { i64: this.at - start }, 3: { i64: rows } } })
    this.rows += rows
  }

  /** Writes the footer; nothing may follow. */
  finish(): void {
    const schema = this.columns.map(({ name, type, converted }): Thrift => {
      const element: ThriftStruct = { 1: { i32: type }, 3: { i32: REQUIRED }, 4: { text: name } }
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
      7: { list: schema.map(() => ({ struct: { 1: { struct: {} } } })) },
    })
    this.write(footer)
    this.write(new Uint8Array(Uint32Array.of(footer.length).buffer))
    this.write(MAGIC)
  }
}
