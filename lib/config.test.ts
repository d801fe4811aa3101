import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { environmentSchema, readConfig } from './config'

describe('readConfig', () => {
  it('splits sources at white space and makes folders absolute', () => {
    const { places } = readConfig({ FLOWLENS_SOURCES: ' ./evidence\n https://acc.blob.core.windows.net/c?sv=1&sig=x ' })
    expect(places).toEqual([resolve('evidence'), 'https://acc.blob.core.windows.net/c?sv=1&sig=x'])
  })

  it('keeps a quoted place with spaces together, and names the place whose quote is not closed', () => {
    expect(readConfig({ FLOWLENS_SOURCES: '"/case 12/logs" /case\\ 13' }).places).toEqual(
      ['/case 12/logs', '/case 13'].map((at) => resolve(at)),
    )
    expect(() => readConfig({ FLOWLENS_SOURCES: '/a "/case 12?sig=c2VjcmV0' })).toThrow(
      'Environment is invalid: FLOWLENS_SOURCES: place 2 opens " at character 4 and does not close it',
    )
  })

  it('treats empty variables as unset', () => {
    expect(readConfig({ FLOWLENS_SOURCES: '', FLOWLENS_CREDENTIAL: '', CLICKHOUSE_URL: ' ' })).toMatchObject({
      places: [],
      connectionString: null,
      dataDir: resolve('.flowlens'),
      askAbove: 5_000_000_000,
      dataLimit: 20_000_000_000,
    })
  })

  it.each([
    ['5GB', 5e9],
    ['1.5 gib', 1.5 * 2 ** 30],
    ['250000', 250_000],
    ['0', 0],
    ['20 TB', 2e13],
  ])('reads %s as an amount of bytes', (written, bytes) => {
    expect(readConfig({ FLOWLENS_ASK_ABOVE: written }).askAbove).toBe(bytes)
  })

  it.each(['much', '5 XB', '-1GB', '1,5GB', '9999999TB'])('refuses %s as an amount of bytes', (written) => {
    expect(() => readConfig({ FLOWLENS_ASK_ABOVE: written })).toThrow(/FLOWLENS_ASK_ABOVE: must be bytes with a unit/)
  })

  it('uses ClickHouse if its address is given', () => {
    expect(readConfig({ CLICKHOUSE_DATABASE: 'flows' }).clickhouse).toBeNull()
    const CLICKHOUSE_URL = 'https://flows.example:8443'
    expect(readConfig({ CLICKHOUSE_URL }).clickhouse).toEqual({
      ...{ url: CLICKHOUSE_URL, user: 'default', password: '', database: 'flowlens', cluster: null, keepDays: null },
    })
    expect(readConfig({ CLICKHOUSE_URL, CLICKHOUSE_CLUSTER: 'all', CLICKHOUSE_KEEP_DAYS: '90' }).clickhouse).toMatchObject({
      cluster: 'all',
      keepDays: 90,
    })
    const wrong = { CLICKHOUSE_URL: 'clickhouse:9000', CLICKHOUSE_DATABASE: 'a`b', CLICKHOUSE_CLUSTER: "x'y", CLICKHOUSE_KEEP_DAYS: '0' }
    expect(() => readConfig(wrong)).toThrow(/CLICKHOUSE_URL.*CLICKHOUSE_DATABASE.*CLICKHOUSE_CLUSTER.*CLICKHOUSE_KEEP_DAYS/s)
  })

  it('lists all mistakes at once, by variable and without the value', () => {
    const mistakes = { FLOWLENS_CREDENTIAL: 'hunter2', PORT: '70000', CLICKHOUSE_URL: 'http://u:hunter2@h' }
    expect(() => readConfig(mistakes)).toThrow(/FLOWLENS_CREDENTIAL.*CLICKHOUSE_URL.*PORT/s)
    expect(() => readConfig(mistakes)).not.toThrow(/hunter2/)
  })
})

describe('.env.example', () => {
  it('lists exactly the variables that are read', () => {
    const example = readFileSync(resolve(import.meta.dirname, '..', '.env.example'), 'utf8')
    const named = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name)
    expect(named.sort()).toEqual(Object.keys(environmentSchema.shape).sort())
  })
})
