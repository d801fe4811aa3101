import { sizeOf } from '@/lib/http/report/respond'

interface Sent {
  bytes: number
  /** False when the answer was cut off, or the client disconnected before the end. */
  whole: boolean
}

/** The same response; calls `over` once, when its last byte was taken or the client is gone. Removes the body for HEAD. */
export function measured(response: Response, request: Request, over: (sent: Sent) => void): Response {
  const known = request.method === 'HEAD' || response.body === null ? 0 : sizeOf(response)
  if (known !== null) {
    over({ bytes: known, whole: true })
    if (request.method !== 'HEAD' || response.body === null) return response
    void response.body.cancel()
    return new Response(null, response)
  }
  const reader = response.body!.getReader()
  let bytes = 0
  let told = false
  const tell = (whole: boolean) => {
    if (!told) over({ bytes, whole })
    told = true
  }
  request.signal.addEventListener('abort', () => tell(false), { once: true })
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { value, done } = await reader.read()
          if (done) {
            tell(true)
            controller.close()
          } else {
            bytes += value.length
            controller.enqueue(value)
          }
        } catch (error) {
          tell(false)
          controller.error(error)
        }
      },
      cancel(reason) {
        tell(false)
        return reader.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
  return new Response(body, response)
}
