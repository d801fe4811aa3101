import { parentPort } from 'node:worker_threads'
import { serveParser } from './serve'

if (parentPort) serveParser(parentPort)
