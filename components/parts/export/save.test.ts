import { afterEach, describe, expect, it, vi } from 'vitest'
import { AnswerError } from '@/components/parts/answer/answer-error'
import { type Saved, save } from './save'
import type { Sink } from './sink'

class Kept implements Sink {
  text = ''
  end: 'closed' | 'aborted' | null = null
  async write(piece: Uint8Array) {
    this.text += new TextDecoder().decode(piece)
  }
  async close() {
    this.end = 'closed'
  }
  async abort() {
    this.end = 'aborted'
  }
}

/** Returns one piece at each read, then calls `last`. */
function answerWith(pieces: string[], last: (controller: ReadableStreamDefaultController) => void): { asked: () => number } {
  let asked = 0
  const body = new ReadableStream(
    {
      pull(controller) {
        const piece = pieces[asked++]
        if (piece === undefined) last(controller)
        else controller.enqueue(new TextEncoder().encode(piece))
      },
    },
    { highWaterMark: 0 },
  )
  vi.stubGlobal('fetch', async () => new Response(body))
  return { asked: () => asked }
}

const run = (sink: Sink, signal = new AbortController().signal) => {
  const seen: Saved[] = []
  return { seen, done: save('/api/export', sink, (saved) => seen.push(saved), signal) }
}

afterEach(() => vi.unstubAllGlobals())

describe('save', () => {
  it('writes every piece and reports its progress', async () => {
    answerWith(['a,b\r\n', '1,2\r\n3,4\r\n'], (controller) => controller.close())
    const sink = new Kept()
    const { seen, done } = run(sink)
    expect(await done).toEqual({ bytes: 15, lines: 3 })
    expect(sink).toMatchObject({ text: 'a,b\r\n1,2\r\n3,4\r\n', end: 'closed' })
    expect(seen).toEqual([
      { bytes: 5, lines: 1 },
      { bytes: 15, lines: 3 },
    ])
  })

  it('requests no more than it has written', async () => {
    const { asked } = answerWith(['1', '2', '3'], (controller) => controller.close())
    let go = () => {}
    const sink = new Kept()
    sink.write = () => new Promise((resolve) => (go = resolve))
    const { done } = run(sink)
    await vi.waitFor(() => expect(asked()).toBe(1))
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
    expect(asked()).toBe(1)
    sink.write = async () => {}
    go()
    await done
    expect(asked()).toBe(4)
  })

  it('keeps no part of a file that was cut', async () => {
    answerWith(['a'], (controller) => controller.error(new TypeError('terminated')))
    const sink = new Kept()
    await expect(run(sink).done).rejects.toThrow('The file was cut off before its end; nothing was saved')
    expect(sink.end).toBe('aborted')
  })

  it("reports the server's message", async () => {
    vi.stubGlobal('fetch', async () => Response.json({ error: { kind: 'ask', message: 'Key q is wrong' } }, { status: 400 }))
    const sink = new Kept()
    await expect(run(sink).done).rejects.toThrow(new AnswerError('Key q is wrong', { kind: 'ask', status: 400 }))
    expect(sink.end).toBe('aborted')
  })
})
