import { spawnSync } from 'node:child_process'
import { closeSync, ftruncateSync, mkdirSync, openSync, symlinkSync, writeFileSync, writeSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { record } from '@/lib/ingest/test/records'
import { Random } from '@/lib/parse/test/random'
import { DAY_START } from '../../world/hours'

const MIB = 2 ** 20
/** Bytes of a line that is longer than any string may be. */
const LONGEST_LINE = 600 * MIB

/** Writes a hostile file. `number` distinguishes files of the same kind. */
type Craft = (file: string, random: Random, number: number) => void

function wrapped(inner: string): string {
  return `{"records":[${inner}]}`
}

function good(number: number): string {
  return record(DAY_START + number * 60_000, 3, number)
}

/** Returns a valid record with its tuple replaced. */
function withTuple(number: number, tuple: string): string {
  return good(number).replace(/"flowTuples":\[.*?\]/, `"flowTuples":[${tuple}]`)
}

/** Writes a record whose first string never ends, most of it a hole in the file. */
function unendedString(file: string, bytes: number): void {
  const handle = openSync(file, 'w')
  writeSync(handle, '{"records":[{"time":"')
  ftruncateSync(handle, bytes)
  closeSync(handle)
}

function longestLine(file: string): void {
  unendedString(file, LONGEST_LINE)
}

const CRAFTS: readonly Craft[] = [
  function numbers(file, random, number) {
    const digits = '9'.repeat(1 + random.below(2 * MIB))
    const kinds = [digits, `1e${digits.slice(0, 6)}`, `-${digits}`, `0.${digits}`]
    writeFileSync(
      file,
      wrapped([`{"a":${random.pick(kinds)}}`, good(number).replace('"Version":2', `"Version":${random.pick(kinds)}`)].join()),
    )
  },
  function counters(file, random, number) {
    const digits = '9'.repeat(1 + random.below(900))
    writeFileSync(file, wrapped(withTuple(number, `"1723420800,10.0.0.1,10.0.0.2,1,2,T,O,A,E,${digits},${digits},${digits},${digits}"`)))
  },
  function depth(file, random, number) {
    const levels = 1000 + random.below(500_000)
    const [open, close] = random.pick([
      ['[', ']'],
      ['{"a":', '}'],
    ])
    writeFileSync(file, wrapped(`${open.repeat(levels)}1${close.repeat(levels)},${good(number)}`))
  },
  function keys(file, random, number) {
    const count = 10_000 + random.below(200_000)
    writeFileSync(file, wrapped(`{${Array.from({ length: count }, (_, i) => `"k${i}":${i}`).join()}},${good(number)}`))
  },
  function strings(file, random, number) {
    const long = random.pick(['x', '\\u0041', '\\"', '\u00fc']).repeat(1 + random.below(MIB))
    writeFileSync(file, wrapped(`${good(number).replace('UserRule_Out', long)},${withTuple(number, `"${long}"`)}`))
  },
  function prototypes(file, _, number) {
    writeFileSync(
      file,
      wrapped(
        `{"__proto__":{"records":[]},"constructor":{"prototype":{"time":1}},"time":"x"},${good(number).replace('UserRule_Out', '__proto__')}`,
      ),
    )
  },
  function rules(file, random, number) {
    const count = 2000 + random.below(20_000)
    const flow = (i: number) =>
      `{"rule":"r${number}-${i}","flows":[{"mac":"00224800${(i % 65_536).toString(16).padStart(4, '0')}","flowTuples":["1723420800,10.0.0.1,10.0.0.2,1,2,T,O,A,E,1,1,1,1"]}]}`
    writeFileSync(
      file,
      wrapped(good(number).replace(/"flows":\[.*\]\}\}$/s, `"flows":[${Array.from({ length: count }, (_, i) => flow(i)).join()}]}}`)),
    )
  },
  function compressed(file, random, number) {
    writeFileSync(file, gzipSync(Buffer.alloc((1 + random.below(20)) * MIB, good(number))))
  },
  function noise(file, random) {
    writeFileSync(file, Buffer.from(Array.from({ length: 1 + random.below(300_000) }, () => random.below(256))))
  },
  function brackets(file, random) {
    writeFileSync(file, random.pick(['{"records":[', '[', '{', '"', '\\', ',', '\ufeff']).repeat(1 + random.below(200_000)))
  },
  function names(file, random, number) {
    const count = 100 + random.below(1500)
    const long = random.pick(['x', '\u00fc']).repeat(2000)
    const flow = (i: number) =>
      `{"rule":"${number}-${i}-${long}","flows":[{"mac":"002248000000","flowTuples":["1723420800,10.0.0.1,10.0.0.2,1,2,T,O,A,E,1,1,1,1"]}]}`
    writeFileSync(
      file,
      wrapped(good(number).replace(/"flows":\[.*\]\}\}$/s, `"flows":[${Array.from({ length: count }, (_, i) => flow(i)).join()}]}}`)),
    )
  },
  function unended(file, random) {
    unendedString(file, (10 + random.below(60)) * MIB)
  },
  function cut(file, random, number) {
    const text = wrapped(Array.from({ length: 20 }, (_, i) => good(number + i)).join())
    writeFileSync(file, text.slice(0, random.below(text.length)))
  },
  function link(file, random) {
    symlinkSync(random.pick(['/etc/passwd', '/dev/zero', '/proc/self/mem', path.dirname(file), file, '../../../../..']), file)
  },
  function pipe(file) {
    spawnSync('mkfifo', [file])
  },
  function folderOfThatName(file) {
    mkdirSync(file)
  },
]

/** Writes crafted files below a folder, the first with the longest line. Returns a description of each. */
export function craft(folder: string, count: number, seed: number): string[] {
  mkdirSync(folder, { recursive: true })
  return Array.from({ length: count }, (_, i) => {
    const random = new Random(seed + i)
    const one = i === 0 ? longestLine : CRAFTS[(i - 1) % CRAFTS.length]!
    one(path.join(folder, `${String(i).padStart(4, '0')}-${one.name}.json`), random, i)
    return one.name
  })
}
