export { startWorker, type Log, type Worker, type WorkerOptions } from './start-worker.ts'
