import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { TAR_END, tarHeader, tarPadding } from './tar'

const MODIFIED = Date.UTC(2026, 7, 12, 16, 30)

function list(archive: Uint8Array): string {
  return execFileSync('tar', ['--utc', '--full-time', '-tvf', '-'], { input: archive, encoding: 'utf8' })
}

it.each([0, 1, 511, 512, 513, 100_000])('holds a file of %i bytes that tar can extract', (size) => {
  const content = Buffer.alloc(size, 'x')
  const archive = Buffer.concat([tarHeader('a/b.txt', size, MODIFIED), content, tarPadding(size), TAR_END])
  expect(archive.length % 512).toBe(0)
  expect(list(archive)).toMatch(new RegExp(`^-rw-r--r-- .* ${size} 2026-08-12 16:30:00 a/b.txt\\n$`))
  expect(execFileSync('tar', ['-xOf', '-', 'a/b.txt'], { input: archive }).equals(content)).toBe(true)
})

it('writes sizes that octal digits cannot express', () => {
  const size = 8 ** 11 + 12_345
  let listed = ''
  try {
    list(Buffer.concat([tarHeader('large', size, MODIFIED)]))
  } catch (error) {
    listed = String((error as { stdout: string }).stdout)
  }
  expect(listed).toContain(` ${size} 2026-08-12 16:30:00 large`)
})
