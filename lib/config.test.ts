import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { environmentSchema, readConfig } from './config'

describe('readConfig', () => {
  it('reads sources apart at white space, folders made absolute', () => {
    const { places } = readConfig({ FLOWLENS_SOURCES: ' ./evidence\n https://acc.blob.core.windows.net/c?sv=1&sig=x ' })
    expect(places).toEqual([resolve('evidence'), 'https://acc.blob.core.windows.net/c?sv=1&sig=x'])
  })

  it('takes empty variables for unset ones', () => {
    expect(readConfig({ FLOWLENS_SOURCES: '', FLOWLENS_CREDENTIAL: '', CLICKHOUSE_URL: ' ' })).toMatchObject({
      places: [],
      connectionString: null,
      dataDir: resolve('.flowlens'),
    })
  })

  it('refuses what it cannot honour yet, instead of passing over it', () => {
    expect(() => readConfig({ FLOWLENS_CREDENTIAL: 'user' })).toThrow(/FLOWLENS_CREDENTIAL: .*not supported yet/)
    expect(() => readConfig({ CLICKHOUSE_URL: 'http://localhost:8123' })).toThrow(/CLICKHOUSE_URL: .*not supported yet/)
  })

  it('lists every mistake at once, by name and without the value', () => {
    const mistakes = { FLOWLENS_CREDENTIAL: 'hunter2', PORT: '70000', CLICKHOUSE_URL: 'http://u:hunter2@h' }
    expect(() => readConfig(mistakes)).toThrow(/FLOWLENS_CREDENTIAL.*PORT.*CLICKHOUSE_URL/s)
    expect(() => readConfig(mistakes)).not.toThrow(/hunter2/)
  })
})

describe('.env.example', () => {
  it('names exactly the variables that are read', () => {
    const example = readFileSync(resolve(import.meta.dirname, '..', '.env.example'), 'utf8')
    const named = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name)
    expect(named.sort()).toEqual(Object.keys(environmentSchema.shape).sort())
  })
})
