import { parentPort } from 'node:worker_threads'
import { serveParser } from './serve'
import { stepBack } from './step-back'

if (parentPort) {
  stepBack()
  serveParser(parentPort)
}
