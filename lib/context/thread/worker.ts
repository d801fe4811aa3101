import { parentPort } from 'node:worker_threads'
import { serveReader } from './serve'

if (parentPort) serveReader(parentPort)
