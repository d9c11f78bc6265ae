export { type Running as Worker } from '@showrunner/jobs'
export { startWorker, type WorkerOptions } from './start-worker.ts'
