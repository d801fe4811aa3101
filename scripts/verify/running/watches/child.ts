import { join } from 'node:path'
import { ContextFiles } from '@/lib/context/files'
import { readHere } from '@/lib/context/test/here'
import { ReadingPace } from '@/lib/http/server/limits/pace'
import { AnswerMemo } from '@/lib/http/server/memo'
import { openFolders } from '@/lib/http/server/server'
import { Watcher } from '@/lib/http/watch/watcher'
import { Road } from '@/lib/ingest/road/road'
import { startHere } from '@/lib/ingest/test/here'
import { FolderSource } from '@/lib/source/folder/folder'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'

/** Evaluates watches and sends alerts like a server, again and again, until it is killed: `child.ts FOLDER URL NOW`. */
const [, , folder = '', url = '', now = '0'] = process.argv

async function main(): Promise<void> {
  const road = new Road(await openDuckdb(join(folder, 'store')), [new FolderSource(join(folder, 'evidence'))], {
    threads: 1,
    start: startHere,
  })
  const server = {
    ...{ road, personal: null, memo: new AnswerMemo(), pace: new ReadingPace(), askAbove: Number.MAX_SAFE_INTEGER },
    contextFiles: new ContextFiles([], readHere, () => {}),
    ...openFolders(join(folder, 'kept')),
  }
  const began = Date.now()
  const watcher = new Watcher(server, {
    ...{ webhooks: [{ body: 'json', url }], secret: 'a secret of sixteen', publicUrl: null, warn: () => {} },
    // A wait of half a minute passes in 30 ms.
    now: () => Number(now) + (Date.now() - began) * 1000,
  })
  const never = new AbortController().signal
  process.send?.('ready')
  for (;;) {
    await watcher.round(never)
    await watcher.tell(never)
  }
}

void main()
