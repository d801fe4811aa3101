/** Destination of a file, written piece by piece. */
export interface Sink {
  write(piece: Uint8Array<ArrayBuffer>): Promise<void>
  /** Completes the file. */
  close(): Promise<void>
  /** Discards the file. */
  abort(): Promise<void>
}

/** Size of the parts to which pieces are joined, and which the browser may keep on disk. Bytes. */
const PART = 8 * 1024 * 1024

type Picker = { showSaveFilePicker?: (options: { suggestedName: string }) => Promise<FileSystemFileHandle> }

/** Opens a file that the reader chooses, written as the pieces arrive, if the browser supports that (https://wicg.github.io/file-system-access/). */
async function chosenFile(pick: NonNullable<Picker['showSaveFilePicker']>, name: string): Promise<Sink> {
  const file = await (await pick({ suggestedName: name })).createWritable()
  return { write: (piece) => file.write(piece), close: () => file.close(), abort: () => file.abort() }
}

/** A download, handed to the browser once it is complete. */
export function downloadOf(name: string): Sink {
  const parts: Blob[] = []
  let pieces: Uint8Array<ArrayBuffer>[] = []
  let held = 0
  const settle = () => {
    parts.push(new Blob(pieces))
    pieces = []
    held = 0
  }
  return {
    async write(piece) {
      pieces.push(piece)
      held += piece.length
      if (held >= PART) settle()
    },
    async close() {
      settle()
      const url = URL.createObjectURL(new Blob(parts))
      const link = document.createElement('a')
      link.href = url
      link.download = name
      link.click()
      setTimeout(() => URL.revokeObjectURL(url), 60_000)
    },
    async abort() {
      parts.length = 0
      pieces = []
    },
  }
}

/** Returns null if the reader chose no file. Must be called while a click or a key is handled. */
export async function openSink(name: string): Promise<Sink | null> {
  const pick = (window as Picker).showSaveFilePicker
  if (pick === undefined) return downloadOf(name)
  try {
    return await chosenFile(pick.bind(window), name)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null
    throw error
  }
}
