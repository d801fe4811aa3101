import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type DemoSpec, HEAD, history, TAIL } from './blocks'

/** Writes the history as files below `folder`, in the tree of the containers. Returns the number of files, tuples and bytes. */
export async function writeFolder(folder: string, spec: DemoSpec): Promise<{ files: number; tuples: number; bytes: number }> {
  const open = new Map<string, { file: string; parts: string[] }>()
  const sum = { files: 0, tuples: 0, bytes: 0 }
  const finish = async ({ file, parts }: { file: string; parts: string[] }) => {
    const text = HEAD.text + parts.join('') + TAIL.text
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, text)
    sum.files++
    sum.bytes += text.length
  }
  for (const block of history(spec)) {
    const file = path.join(folder, block.container, block.blob)
    const hour = open.get(block.mac)
    sum.tuples += block.tuples
    if (hour?.file === file) hour.parts.push(block.text)
    else {
      if (hour) await finish(hour)
      open.set(block.mac, { file, parts: [block.text] })
    }
  }
  for (const hour of open.values()) await finish(hour)
  return sum
}
