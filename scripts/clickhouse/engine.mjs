import { Session } from 'chdb'

/** Connections to the data folder: each runs one statement at a time. */
const WIDTH = 4

function literal(text) {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

const ESCAPES = { t: '\t', n: '\n', r: '\r', b: '\b', f: '\f', 0: '\0' }

/** Parameters arrive escaped as in the format TabSeparated (https://clickhouse.com/docs/interfaces/http#tabs-in-url-parameters). */
function unescaped(text) {
  return text.replace(/\\(.)/gs, (_, character) => ESCAPES[character] ?? character)
}

/** Replaces `{name:Type}` like the server: a string literally, anything else as a literal of its type. */
function bind(query, parameters) {
  return query.replace(/\{(\w+):([\w()]+)\}/g, (_, name, type) => {
    const value = parameters.get(name)
    if (value === undefined) throw new Error(`Code: 456. DB::Exception: Substitution \`${name}\` is not set. (UNKNOWN_QUERY_PARAMETER)`)
    return type === 'String' ? literal(unescaped(value)) : `_CAST(${literal(unescaped(value))}, '${type}')`
  })
}

/** Reads rows that come with a request from a file: the in-process engine cannot read a stream. */
function withFile(query, file) {
  const format = /\bformat\s+(\w+)\s*$/i.exec(query)?.[1]
  if (!format || !/\binput\s*\('/i.test(query))
    throw new Error('Code: 48. DB::Exception: Rows need INSERT … SELECT … FROM input(…) FORMAT. (NOT_IMPLEMENTED)')
  return query
    .replace(/\bformat\s+\w+\s*$/i, '')
    .replace(/\binput\s*\(('(?:[^'\\]|\\.)*')\)/i, (_, structure) => `file(${literal(file)}, '${format}', ${structure})`)
}

/** ClickHouse in this process, with what the server does around a query over HTTP. */
export class Engine {
  #free = []
  #waiting = []
  #sessions = []

  /** @param folder of its tables */
  constructor(folder) {
    for (let i = 0; i < WIDTH; i++) this.#sessions.push(new Session(folder))
    this.#free = [...this.#sessions]
  }

  async #session() {
    return this.#free.pop() ?? new Promise((resolve) => this.#waiting.push(resolve))
  }

  #release(session) {
    const next = this.#waiting.shift()
    if (next) next(session)
    else this.#free.push(session)
  }

  /**
   * Runs one statement.
   * @param {{ query: string, database: string, format: string, settings: Map<string, string>, parameters: Map<string, string>, file: string | null }} asked
   */
  async run({ query, database, format, settings, parameters, file }) {
    const bound = bind(query, parameters)
    const text = file === null ? bound : withFile(bound, file)
    const set = [...settings].map(([name, value]) => `${name} = ${literal(value)}`)
    const unset = [...settings.keys()].map((name) => `${name} = default`)
    const session = await this.#session()
    try {
      await session.queryAsync(`use \`${database}\``)
      return await session.queryAsync(set.length === 0 ? text : `set ${set.join(', ')}; ${text}`, { format })
    } finally {
      if (unset.length > 0) await session.queryAsync(`set ${unset.join(', ')}`)
      this.#release(session)
    }
  }

  close() {
    for (const session of this.#sessions) session.close()
  }
}
