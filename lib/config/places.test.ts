import { describe, expect, test } from 'vitest'
import { splitPlaces } from './places'

describe('splitPlaces', () => {
  test.each([
    ['', []],
    [' a\tb\n c ', ['a', 'b', 'c']],
    ['"/case 12/logs" /other', ['/case 12/logs', '/other']],
    ["'/case 12/logs'", ['/case 12/logs']],
    ['/case\\ 12/logs', ['/case 12/logs']],
    ['/case" 12"/logs', ['/case 12/logs']],
    ['"say \\"x\\" \\\\ \\n"', ['say "x" \\ \\n']],
    ["'a\\' b", ['a\\', 'b']],
    ["it\\'s", ["it's"]],
    ['C:\\case\\logs D:\\x', ['C:\\case\\logs', 'D:\\x']],
    ['/50%25/ä\u00a0b', ['/50%25/ä\u00a0b']],
    ['"https://a.blob.core.windows.net?sig=x" ./y', ['https://a.blob.core.windows.net?sig=x', './y']],
  ])('%j', (text, places) => {
    expect(splitPlaces(text)).toEqual(places)
  })

  test.each([
    ['/a "/b c', 'place 2 opens " at character 4 and does not close it'],
    ["'", "place 1 opens ' at character 1 and does not close it"],
    ['/a ""', 'place 2 is empty'],
  ])('%j is refused', (text, message) => {
    expect(() => splitPlaces(text)).toThrow(new Error(message))
  })
})
